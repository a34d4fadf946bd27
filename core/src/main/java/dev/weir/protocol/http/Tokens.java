package dev.weir.protocol.http;

import org.agrona.DirectBuffer;

/** The characters of names and methods (RFC 9110 section 5.6.2). No state. */
public final class Tokens {
    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private Tokens() {}

    public static boolean isToken(int octet) {
        boolean isLetter = octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z';
        return isLetter || octet >= '0' && octet <= '9' || octet < 128 && MARKS.indexOf(octet) >= 0;
    }

    /** Whether it is a token: not empty, and nothing else in it. */
    public static boolean isToken(DirectBuffer bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (!isToken(bytes.getByte(i) & 0xFF)) {
                return false;
            }
        }
        return length > 0;
    }
}
