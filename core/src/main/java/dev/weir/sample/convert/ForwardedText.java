package dev.weir.sample.convert;

import dev.weir.sample.AddressText;
import dev.weir.sample.Sample;
import org.agrona.DirectBuffer;

/**
 * Reads {@code Forwarded} fields (RFC 7239) as strictly as HAProxy: one element, names in lower case and each at most once, no
 * blanks, quotes where the grammar wants them. Nodes are {@code name:port}, the name an IPv4 address, an IPv6 address in brackets,
 * {@code unknown} or a word that begins with an underscore. No state.
 */
final class ForwardedText {
    /** Not of the form. */
    static final long INVALID = -1;

    /** Of the form, without the part that is wanted. */
    static final long ABSENT = -2;

    private static final int PORT_MAX = 65535;

    /** The parts an element may have. */
    enum Part {
        PROTO("proto="),
        HOST("host="),
        BY("by="),
        FOR("for=");

        private final String prefix;

        Part(String prefix) {
            this.prefix = prefix;
        }

        /** Null if none has that name. */
        static Part of(String name) {
            for (Part part : values()) {
                if (part.prefix.equals(name + '=')) {
                    return part;
                }
            }
            return null;
        }
    }

    private ForwardedText() {}

    /** Offset and length of a part's value, as {@code offset << 32 | length}; or why there is none. */
    static long find(Sample header, Part wanted) {
        DirectBuffer bytes = header.bytes();
        int end = header.length();
        long found = ABSENT;
        int seen = 0;
        int at = 0;
        do {
            Part part = partAt(bytes, at, end);
            if (part == null || (seen & 1 << part.ordinal()) != 0) {
                return INVALID;
            }
            seen |= 1 << part.ordinal();
            int start = at + part.prefix.length();
            int behind = valueEnd(bytes, start, end);
            boolean isQuoted = start < end && bytes.getByte(start) == '"';
            int first = isQuoted ? start + 1 : start;
            int length = behind - first - (isQuoted ? 1 : 0);
            if (behind < 0 || !isValue(part, bytes, first, length, isQuoted)) {
                return INVALID;
            }
            found = part == wanted ? (long) first << 32 | length : found;
            at = behind + 1;
            if (behind == end) {
                return found;
            }
        } while (bytes.getByte(at - 1) == ';' && at < end);
        return INVALID;
    }

    private static Part partAt(DirectBuffer bytes, int at, int end) {
        for (Part part : Part.values()) {
            if (startsWith(bytes, at, end, part.prefix)) {
                return part;
            }
        }
        return null;
    }

    private static boolean startsWith(DirectBuffer bytes, int at, int end, String text) {
        if (at + text.length() > end) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes.getByte(at + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Behind a word or a quoted text; -1 for quotes that do not end. */
    private static int valueEnd(DirectBuffer bytes, int start, int end) {
        boolean isQuoted = start < end && bytes.getByte(start) == '"';
        int at = isQuoted ? start + 1 : start;
        while (at < end && bytes.getByte(at) != (isQuoted ? '"' : ';')) {
            at++;
        }
        return isQuoted ? at == end ? -1 : at + 1 : at;
    }

    private static boolean isValue(Part part, DirectBuffer bytes, int at, int length, boolean isQuoted) {
        return switch (part) {
            case PROTO -> isText(bytes, at, length, "http") || isText(bytes, at, length, "https");
            case HOST -> isHost(bytes, at, length, isQuoted);
            case BY, FOR -> isNode(bytes, at, length, isQuoted);
        };
    }

    private static boolean isText(DirectBuffer bytes, int at, int length, String text) {
        return length == text.length() && startsWith(bytes, at, at + length, text);
    }

    private static boolean isHost(DirectBuffer bytes, int at, int length, boolean isQuoted) {
        for (int i = 0; i < length; i++) {
            int c = bytes.getByte(at + i);
            if (!isWordByte(c) && !(isQuoted && (c == ':' || c == '[' || c == ']'))) {
                return false;
            }
        }
        return length > 0;
    }

    /** Colons and brackets need quotes. */
    private static boolean isNode(DirectBuffer bytes, int at, int length, boolean isQuoted) {
        int nameLength = nameLength(bytes, at, length);
        boolean isBare = nameLength == length && (length == 0 || bytes.getByte(at) != '[');
        return nameLength > 0 && (isQuoted || isBare) && isPort(bytes, at + nameLength, length - nameLength);
    }

    /** How much of a node is its name; -1 if it does not begin with one. */
    static int nameLength(DirectBuffer bytes, int at, int length) {
        if (length > 0 && bytes.getByte(at) == '[') {
            int close = 1;
            while (close < length && bytes.getByte(at + close) != ']') {
                close++;
            }
            return close == length ? -1 : close + 1;
        }
        int end = 0;
        while (end < length && bytes.getByte(at + end) != ':') {
            end++;
        }
        boolean isName = isText(bytes, at, end, "unknown")
                || isHidden(bytes, at, end)
                || AddressText.parseIpv4(bytes, at, end) >= 0;
        return isName ? end : -1;
    }

    /** An underscore and at least one more letter, digit, dot, hyphen or underscore. */
    private static boolean isHidden(DirectBuffer bytes, int at, int length) {
        return length > 1 && bytes.getByte(at) == '_' && isWord(bytes, at, length);
    }

    static boolean isWord(DirectBuffer bytes, int at, int length) {
        for (int i = 0; i < length; i++) {
            if (!isWordByte(bytes.getByte(at + i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWordByte(int c) {
        return c > 0 && c < 128 && Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
    }

    /** Nothing, or a colon with a number or a hidden word behind it. */
    static boolean isPort(DirectBuffer bytes, int at, int length) {
        if (length == 0) {
            return true;
        }
        return bytes.getByte(at) == ':'
                && (isHidden(bytes, at + 1, length - 1) || number(bytes, at + 1, length - 1) >= 0);
    }

    /** A port's number, -1 if it is none. */
    static int number(DirectBuffer bytes, int at, int length) {
        int number = 0;
        for (int i = 0; i < length; i++) {
            int digit = bytes.getByte(at + i) - '0';
            number = number * 10 + digit;
            if (digit < 0 || digit > 9 || number > PORT_MAX) {
                return -1;
            }
        }
        return length == 0 ? -1 : number;
    }
}
