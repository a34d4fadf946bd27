package dev.weir.config.compile;

import dev.weir.config.model.CookieLine;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.ServerLine;
import dev.weir.persist.CookieSettings;
import dev.weir.server.DynamicCookies;
import java.nio.charset.StandardCharsets;

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

    /** Null for a server whose line has none. */
    static byte[] serverCookie(ServerLine line) {
        return line.cookie().isEmpty() ? null : bytes(line.cookie());
    }

    /** How the others get theirs. */
    static DynamicCookies dynamicCookies(ProxySection proxy) {
        var persistence = proxy.backend().persistence();
        boolean isDynamic = persistence.cookie() != null && persistence.cookie().dynamic();
        return new DynamicCookies(isDynamic, persistence.dynamicCookieKey());
    }

    /** Configurations hold one char for each byte. */
    private static byte[] bytes(String byteString) {
        return byteString.getBytes(StandardCharsets.ISO_8859_1);
    }
}
