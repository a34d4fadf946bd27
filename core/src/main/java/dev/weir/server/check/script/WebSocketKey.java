package dev.weir.server.check.script;

import dev.weir.sample.ByteWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** The key of a check that asks for WebSocket, where its configuration gives none (RFC 6455 section 4.1). No state. */
final class WebSocketKey {
    static final String NAME = "sec-websocket-key";

    private static final int KEY_BYTES = 16;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebSocketKey() {}

    /** Writes the field. @return what the server has to answer to it */
    static String write(ByteWriter out) {
        byte[] bytes = new byte[KEY_BYTES];
        ThreadLocalRandom.current().nextBytes(bytes); // it only has to be new, not secret
        String key = Base64.getEncoder().encodeToString(bytes);
        out.put("Sec-Websocket-Key: ").put(key).put("\r\n");
        return accept(key);
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(ByteStrings.bytes(key + GUID));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-1", e);
        }
    }
}
