package dev.weir.sample;

import org.agrona.DirectBuffer;

/**
 * Reads {@code Forwarded} fields (RFC 7239) as strictly as HAProxy: one element, names in lower case and each at most once, no
 * blanks, quotes where the grammar wants them and nowhere else. Nodes are {@code name:port}, the name an IPv4 address, an IPv6 address
 * in brackets, {@code unknown} or a word that begins with an underscore. No state.
 */
public final class ForwardedText {
    /** Not of the form. */
    public static final long INVALID = -1;

    /** Of the form, without the part that is wanted. */
    public static final long ABSENT = -2;

    private static final int PORT_MAX = 65535;

    /** The parts an element may have. */
    public enum Part {
        PROTO("proto="),
        HOST("host="),
        BY("by="),
        FOR("for=");

        private final String prefix;

        Part(String prefix) {
            this.prefix = prefix;
        }

        /** Null if none has that name. */
        public static Part of(String name) {
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
    public static long find(Sample header, Part wanted) {
        return find(header.bytes(), 0, header.length(), wanted);
    }

    /** Whether it is an element. */
    public static boolean isValid(DirectBuffer bytes, int offset, int length) {
        return length > 0 && find(bytes, offset, offset + length, null) != INVALID;
    }

    private static long find(DirectBuffer bytes, int from, int end, Part wanted) {
        long found = ABSENT;
        int seen = 0;
        int at = from;
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
            if (start == end || behind < 0 || !isValue(part, bytes, first, length, isQuoted)) {
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
            case PROTO -> !isQuoted && (isText(bytes, at, length, "http") || isText(bytes, at, length, "https"));
            case HOST -> isQuoted ? isHost(bytes, at, length) : letters(bytes, at, length) == length;
            case BY, FOR -> isNode(bytes, at, length, isQuoted);
        };
    }

    private static boolean isText(DirectBuffer bytes, int at, int length, String text) {
        return length == text.length() && startsWith(bytes, at, at + length, text);
    }

    /** What may stand between quotes: letters, digits and dots, or an IPv6 address in brackets; a port may follow. Nothing is fine, too. */
    public static boolean isHost(DirectBuffer bytes, int at, int length) {
        boolean isBracketed = length > 0 && bytes.getByte(at) == '[';
        int end = isBracketed ? nameLength(bytes, at, length) : letters(bytes, at, length);
        boolean hasPort = end >= 0 && end < length && bytes.getByte(at + end) == ':';
        return end == length || hasPort && number(bytes, at + end + 1, length - end - 1) > 0;
    }

    /** How many letters, digits and dots there are. */
    private static int letters(DirectBuffer bytes, int at, int length) {
        int count = 0;
        while (count < length && isHostByte(bytes.getByte(at + count))) {
            count++;
        }
        return count;
    }

    private static boolean isHostByte(int c) {
        return c > 0 && c < 128 && Character.isLetterOrDigit(c) || c == '.';
    }

    /** Colons and brackets need quotes. */
    private static boolean isNode(DirectBuffer bytes, int at, int length, boolean isQuoted) {
        int nameLength = nameLength(bytes, at, length);
        boolean isBare = nameLength == length && (length == 0 || bytes.getByte(at) != '[');
        return nameLength > 0 && (isQuoted || isBare) && isPort(bytes, at + nameLength, length - nameLength);
    }

    /** How much of a node is its name; -1 if it does not begin with one. */
    public static int nameLength(DirectBuffer bytes, int at, int length) {
        if (length > 0 && bytes.getByte(at) == '[') {
            int close = 1;
            while (close < length && bytes.getByte(at + close) != ']') {
                close++;
            }
            return close < length && AddressText.isIpv6(bytes, at + 1, close - 1) ? close + 1 : -1;
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

    /** Letters, digits, dots, hyphens and underscores. */
    public static boolean isWord(DirectBuffer bytes, int at, int length) {
        for (int i = 0; i < length; i++) {
            if (!isWordByte(bytes.getByte(at + i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWordByte(int c) {
        return isHostByte(c) || c == '-' || c == '_';
    }

    /** Nothing, or a colon with a number or a hidden word behind it. */
    public static boolean isPort(DirectBuffer bytes, int at, int length) {
        if (length == 0) {
            return true;
        }
        return bytes.getByte(at) == ':' && isPortWord(bytes, at + 1, length - 1);
    }

    /** A number, or a hidden word. */
    public static boolean isPortWord(DirectBuffer bytes, int at, int length) {
        return isHidden(bytes, at, length) || number(bytes, at, length) > 0;
    }

    /** A port's number, -1 if it is none. */
    public static int number(DirectBuffer bytes, int at, int length) {
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
