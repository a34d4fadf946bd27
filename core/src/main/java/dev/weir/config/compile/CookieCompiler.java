package dev.weir.config.compile;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.config.model.CookieLine;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.ServerLine;
import dev.weir.persist.CookieSettings;
import dev.weir.sample.convert.XxHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes the settings of a backend's cookie, and the cookies of its servers. */
final class CookieCompiler {
    private CookieCompiler() {}

    /** Null for a backend without one. */
    static CookieSettings settings(ProxySection proxy) {
        CookieLine line = proxy.backend().persistence().cookie();
        if (line == null) {
            return null;
        }
        var settings = new CookieSettings(line.name());
        settings.mode = switch (line.mode()) {
            case PASSIVE -> CookieSettings.Mode.PASSIVE;
            case REWRITE -> CookieSettings.Mode.REWRITE;
            case INSERT -> CookieSettings.Mode.INSERT;
            case PREFIX -> CookieSettings.Mode.PREFIX;
        };
        settings.isIndirect = line.indirect();
        settings.isNoCache = line.noCache();
        settings.isPostOnly = line.postOnly();
        settings.isPreserved = line.preserve();
        settings.maxIdleSeconds = line.maxIdleSeconds();
        settings.maxLifeSeconds = line.maxLifeSeconds();
        settings.isLogged = line.hasOptions();
        settings.attributes(attributes(line));
        return settings;
    }

    private static String attributes(CookieLine line) {
        var text = new StringBuilder();
        line.domains().forEach(domain -> text.append("; domain=").append(domain));
        text.append(line.httpOnly() ? "; HttpOnly" : "").append(line.secure() ? "; Secure" : "");
        line.attributes().forEach(attribute -> text.append("; ").append(attribute));
        return text.toString();
    }

    /** What the line says, else for dynamic cookies a hash of the address; null if neither. */
    static byte[] serverCookie(ProxySection proxy, ServerLine line, Endpoint endpoint) {
        if (!line.cookie().isEmpty()) {
            return bytes(line.cookie());
        }
        var persistence = proxy.backend().persistence();
        boolean isDynamic = persistence.cookie() != null
                && persistence.cookie().dynamic()
                && !persistence.dynamicCookieKey().isEmpty();
        return isDynamic && endpoint instanceof Endpoint.Inet inet
                ? dynamicCookie(persistence.dynamicCookieKey(), inet)
                : null;
    }

    /** HAProxy hashes the key, the address, and the port as four bytes, all in network order. */
    private static byte[] dynamicCookie(String key, Endpoint.Inet address) {
        byte[] secret = bytes(key);
        byte[] host = address.address().getAddress();
        ByteBuffer hashed = ByteBuffer.allocate(secret.length + host.length + Integer.BYTES);
        hashed.put(secret).put(host).putInt(address.port());
        long hash = XxHash.hash64(new UnsafeBuffer(hashed.array()), 0);
        return bytes(String.format("%016x", hash));
    }

    /** Configurations hold one char for each byte. */
    private static byte[] bytes(String byteString) {
        return byteString.getBytes(StandardCharsets.ISO_8859_1);
    }
}
