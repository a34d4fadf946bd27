package dev.weir.protocol;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Checks the first message of a FIX connection (Financial Information eXchange) and finds its fields: {@code tag=value}, each with
 * a byte 1 behind it. Knows what HAProxy knows, as strictly and as loosely. One thread; reads within the bytes it is given and
 * keeps none.
 */
public final class FixMessage {
    /** There is no such field, and there will be none. */
    public static final int ABSENT = -1;
    /** There may be one in bytes that are not here. */
    public static final int UNKNOWN = -2;

    private static final int BYTES_MIN = 26;
    private static final byte FIELD_END = 1;

    private static final int BEGIN_STRING = 8;
    private static final int BODY_LENGTH = 9;
    private static final int CHECK_SUM = 10;
    private static final int MESSAGE_TYPE = 35;
    private static final int CHECK_SUM_DIGITS = 3;

    /** Tags that have names, which are in lower case here. */
    private static final Map<String, Integer> NAMES = Map.of(
            "beginstring", BEGIN_STRING,
            "bodylength", BODY_LENGTH,
            "checksum", CHECK_SUM,
            "msgtype", MESSAGE_TYPE,
            "sendercompid", 49,
            "targetcompid", 56);

    /** Versions and their greatest tag. All of 5.0 call themselves as its transport. */
    private enum Version {
        FIX_4_0("FIX.4.0", 140),
        FIX_4_1("FIX.4.1", 211),
        FIX_4_2("FIX.4.2", 446),
        FIX_4_3("FIX.4.3", 659),
        FIX_4_4("FIX.4.4", 956),
        FIX_5_0("FIXT.1.1", 1621);

        private static final int OWN_TAGS_FIRST = 10_000;
        private static final int OWN_TAGS_LAST = 19_999;
        private static final Version[] ALL = values();

        private final byte[] text;
        private final int tagMax;

        Version(String text, int tagMax) {
            this.text = text.getBytes(StandardCharsets.US_ASCII);
            this.tagMax = tagMax;
        }

        boolean knows(int tag) {
            return tag > 0 && tag <= tagMax || tag >= OWN_TAGS_FIRST && tag <= OWN_TAGS_LAST;
        }
    }

    private final DirectBuffer bytes;
    private final int length;
    /** Where the field begins. */
    private int at;
    /** Of the field; 0 is none. Those from 2^31 on look negative, and no version knows them. */
    private int tag;

    private int valueOffset;
    private int valueEnd;

    public FixMessage(DirectBuffer bytes) {
        this.bytes = bytes;
        this.length = bytes.capacity();
    }

    /** A tag by its number, or by its name without regard to case; 0 if it is neither. */
    public static int tagNamed(String text) {
        Integer named = NAMES.get(text.toLowerCase(Locale.ROOT));
        if (named != null) {
            return named;
        }
        return text.matches("[0-9]+") ? new BigInteger(text).intValue() : 0;
    }

    /** Whether the fields are well-formed, in order, known to their version, and agree with length and checksum. */
    public Validity validity() {
        if (length < BYTES_MIN) {
            return Validity.INCOMPLETE;
        }
        at = 0;
        Version version = null;
        int bodyLength = 0;
        int bodyOffset = -1;
        int sum = 0;
        for (int position = 1; at < length; position++) {
            Validity field = readField();
            if (field != Validity.VALID) {
                return field;
            }
            if (version != null && !version.knows(tag) || !isInPlace(position)) {
                return Validity.INVALID;
            }
            if (position == 1) {
                version = version();
                if (version == null) {
                    return Validity.INVALID;
                }
            } else if (position == 2) {
                bodyLength = number(valueOffset, valueEnd);
                bodyOffset = valueEnd + 1;
                if (bodyLength == 0) {
                    return Validity.INVALID;
                }
            } else if (tag == CHECK_SUM && position > 3) {
                boolean isSound = bodyLength == at - bodyOffset && isCheckSum(sum);
                return isSound ? Validity.VALID : Validity.INVALID;
            }
            sum += sum(at, valueEnd + 1);
            at = valueEnd + 1;
        }
        return bodyOffset < 0 ? Validity.INVALID : Validity.INCOMPLETE;
    }

    /** The first three have to be these. */
    private boolean isInPlace(int position) {
        return switch (position) {
            case 1 -> tag == BEGIN_STRING;
            case 2 -> tag == BODY_LENGTH;
            case 3 -> tag == MESSAGE_TYPE;
            default -> true;
        };
    }

    private Version version() {
        for (Version version : Version.ALL) {
            if (isValue(version.text)) {
                return version;
            }
        }
        return null;
    }

    private boolean isValue(byte[] text) {
        if (valueEnd - valueOffset != text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes.getByte(valueOffset + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean isCheckSum(int sum) {
        if (valueEnd - valueOffset != CHECK_SUM_DIGITS) {
            return false;
        }
        int written = 0;
        for (int i = valueOffset; i < valueEnd; i++) {
            written = written * 10 + (bytes.getByte(i) & 0xFF) - '0';
        }
        return written == (sum & 0xFF);
    }

    private int sum(int from, int end) {
        int sum = 0;
        for (int i = from; i < end; i++) {
            sum += bytes.getByte(i);
        }
        return sum;
    }

    /**
     * Looks for the first field of a tag; its value has {@link #valueLength} bytes.
     *
     * @return where its value begins, {@link #ABSENT} or {@link #UNKNOWN}
     */
    public int find(int wanted) {
        at = 0;
        while (at < length) {
            Validity field = readField();
            if (field != Validity.VALID) {
                return field == Validity.INVALID ? ABSENT : UNKNOWN;
            }
            if (tag == wanted) {
                return valueOffset;
            }
            if (tag == CHECK_SUM) {
                return ABSENT;
            }
            at = valueEnd + 1;
        }
        return UNKNOWN;
    }

    /** Bytes of the value that was found. */
    public int valueLength() {
        return valueEnd - valueOffset;
    }

    private Validity readField() {
        int equals = indexOf('=', at);
        valueEnd = equals < 0 ? -1 : indexOf(FIELD_END, equals);
        if (valueEnd < 0) {
            return Validity.INCOMPLETE;
        }
        tag = number(at, equals);
        valueOffset = equals + 1;
        return tag == 0 ? Validity.INVALID : Validity.VALID;
    }

    private int indexOf(int wanted, int from) {
        for (int i = from; i < length; i++) {
            if (bytes.getByte(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Digits alone; 0 if it is anything else. Beyond 32 bits the upper ones are lost. */
    private int number(int from, int end) {
        int number = 0;
        for (int i = from; i < end; i++) {
            int digit = bytes.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
