package dev.weir.server;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.sample.convert.XxHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * {@code cookie … dynamic}: servers without a cookie of their own get a hash of their address, so that all proxies give the same one.
 * Immutable.
 *
 * @param key {@code dynamic-cookie-key}, a char for each byte; empty for none, and then there are no such cookies
 */
public record DynamicCookies(boolean isEnabled, String key) {
    public static final DynamicCookies NONE = new DynamicCookies(false, "");

    /** The cookie of a server that is there; null if it has none. HAProxy hashes key, address, and port as four bytes. */
    byte[] of(Endpoint endpoint) {
        if (!isEnabled || key.isEmpty() || !(endpoint instanceof Endpoint.Inet address)) {
            return null;
        }
        byte[] secret = key.getBytes(StandardCharsets.ISO_8859_1);
        byte[] host = address.address().getAddress();
        ByteBuffer hashed = ByteBuffer.allocate(secret.length + host.length + Integer.BYTES);
        hashed.put(secret).put(host).putInt(address.port());
        long hash = XxHash.hash64(new UnsafeBuffer(hashed.array()), 0);
        return String.format("%016x", hash).getBytes(StandardCharsets.ISO_8859_1);
    }
}
