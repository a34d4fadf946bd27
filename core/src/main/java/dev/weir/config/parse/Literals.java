package dev.weir.config.parse;

import java.net.InetAddress;

/** Recognises literal addresses without asking any resolver. */
public final class Literals {
    private Literals() {}

    /** The address, or null if the text is no literal IPv4 or IPv6 address. */
    public static InetAddress parse(String text) {
        if (!looksLiteral(text)) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null; // a name such as "1.example"
        }
    }

    private static boolean looksLiteral(String text) {
        if (text.isEmpty()) {
            return false;
        }
        return text.indexOf(':') >= 0 || text.charAt(0) >= '0' && text.charAt(0) <= '9';
    }
}
