package dev.weir.protocol.http1;

import static org.agrona.UnsafeApi.getByte;
import static org.agrona.UnsafeApi.getLong;

import java.nio.ByteOrder;

/**
 * Classes of bytes, and scans over native memory for the first byte outside a class, eight bytes at a time: a word is loaded, sums
 * that do not carry from byte to byte set the high bit of each byte that stops the scan, and the lowest such bit is the answer. The
 * last bytes are loaded as the tail of the eight that end there, shifted down, so that nothing behind {@code end} is read; the zeros
 * that shift in stop every scan, at {@code end}.
 *
 * <p>Requirement of all scans: at least eight readable bytes in front of {@code end}. Addresses are trusted.
 */
final class Octets {
    /** Bytes that a scan must have in all. */
    static final int WORD_BYTES = Long.BYTES;

    private static final boolean IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final long HIGH_BITS = every(0x80);
    private static final long CASE_BITS = every(0x20);

    private static final byte TOKEN = 1;
    private static final byte TARGET = 2;
    private static final byte VERSION = 4;
    private static final byte HOST = 8;
    private static final byte[] CLASSES = classes();

    private Octets() {}

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int octet = 0x21; octet < 0x7F; octet++) {
            if ("\"(),/:;<=>?@[\\]{}".indexOf(octet) < 0) {
                classes[octet] |= TOKEN;
            }
            if (octet != '#') {
                classes[octet] |= TARGET;
            }
            if ("#,/?@[\\]".indexOf(octet) < 0) {
                classes[octet] |= HOST;
            }
            if (octet >= '.' && octet <= '9' || octet >= 'A' && octet <= 'Z') {
                classes[octet] |= VERSION;
            }
        }
        return classes;
    }

    // ---- one byte ----

    /** RFC 9110 section 5.6.2: what methods and names consist of. */
    static boolean isToken(int octet) {
        return (CLASSES[octet & 0xFF] & TOKEN) != 0;
    }

    /** Visible ASCII without the number sign. */
    static boolean isTarget(int octet) {
        return (CLASSES[octet & 0xFF] & TARGET) != 0;
    }

    /** Capital letters, digits, dot and slash: HTTP/1.1 and what may stand in its place. */
    static boolean isVersion(int octet) {
        return (CLASSES[octet & 0xFF] & VERSION) != 0;
    }

    /** What HAProxy allows in a host and its port, beside brackets. */
    static boolean isHost(int octet) {
        return (CLASSES[octet & 0xFF] & HOST) != 0;
    }

    static boolean isBlank(int octet) {
        return octet == ' ' || octet == '\t';
    }

    static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    // ---- eight bytes ----

    private static long every(int octet) {
        return octet * 0x0101010101010101L;
    }

    /** The bytes at an address, the first in the lowest byte. */
    static long word(long address) {
        return IS_LITTLE_ENDIAN ? getLong(address) : Long.reverseBytes(getLong(address));
    }

    /** The bytes from {@code at} on; zeros for what would be behind {@code end}. */
    private static long wordBefore(long address, int at, int end) {
        int missing = at + WORD_BYTES - end;
        return missing <= 0
                ? word(address + at)
                : missing < WORD_BYTES ? word(address + end - WORD_BYTES) >>> (missing << 3) : 0;
    }

    /** How many bytes are in front of the first mark. */
    private static int firstOf(long stops) {
        return Long.numberOfTrailingZeros(stops) >>> 3;
    }

    /** Marks zero bytes, exact for the first. */
    private static long zeros(long word) {
        return word - every(1) & ~word & HIGH_BITS;
    }

    /** Whether the first mark of one is a mark of the other. */
    private static boolean isFirstOf(long stops, long others) {
        return (stops & -stops & others) != 0;
    }

    /**
     * The colon behind a name of token bytes; another offset, or {@code end}, where none follows it. Looks for the colon, and whether
     * it is the first byte that is none of a name decides a branch only: so the next load need not wait for the longer sum.
     */
    static int colonBehindName(long address, int from, int end) {
        int at = from;
        while (true) {
            long word = wordBefore(address, at, end);
            long stops = notNameBytes(word);
            if (stops == 0) {
                at += WORD_BYTES;
                continue;
            }
            long colons = zeros(word ^ every(':'));
            return isFirstOf(stops, colons) ? at + firstOf(colons) : tokenEnd(address, at + firstOf(stops), end);
        }
    }

    /** The first byte at or behind {@code from} that is no token byte; {@code end} if there is none. */
    static int tokenEnd(long address, int from, int end) {
        int at = from;
        while (at < end && isToken(getByte(address + at))) {
            at++;
        }
        return at;
    }

    /** Marks what is no letter, digit, dash or dot: the usual bytes of a name. */
    private static long notNameBytes(long word) {
        long low = word & ~HIGH_BITS;
        long lower = low | CASE_BITS;
        long letters = lower + every(0x80 - 'a') & ~(lower + every(0x80 - 'z' - 1));
        long digits = low + every(0x80 - '-') & ~(low + every(0x80 - '9' - 1));
        long notSlash = (low ^ every('/')) + every(0x7F);
        return (~(letters | digits & notSlash) | word) & HIGH_BITS;
    }

    /** The blank behind a target of {@link #isTarget} bytes; {@code end} where none follows it. */
    static int blankBehindTarget(long address, int from, int end) {
        int at = from;
        while (true) {
            long word = wordBefore(address, at, end);
            long stops = notTargetBytes(word);
            if (stops == 0) {
                at += WORD_BYTES;
                continue;
            }
            long blanks = zeros(word ^ every(' '));
            return isFirstOf(stops, blanks) ? at + firstOf(blanks) : end;
        }
    }

    /** Exact for the first mark: a borrow can only reach bytes behind it. */
    private static long notTargetBytes(long word) {
        long numberSigns = word ^ every('#');
        return (word - every(0x21) | word + every(1) | word | zeros(numberSigns)) & HIGH_BITS;
    }

    /** The first byte at or behind {@code from} below 0x0E other than a tab, so CR, LF and NUL among them; {@code end} if there is none. */
    static int valueEnd(long address, int from, int end) {
        int at = from;
        while (true) {
            long word = wordBefore(address, at, end);
            long stops = word - every(0x0E) & ~word & HIGH_BITS;
            if (stops == 0) {
                at += WORD_BYTES;
                continue;
            }
            at += firstOf(stops);
            if (at >= end || getByte(address + at) != '\t') {
                return Math.min(at, end);
            }
            at++;
        }
    }
}
