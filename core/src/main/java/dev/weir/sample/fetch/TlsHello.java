package dev.weir.sample.fetch;

import dev.weir.sample.ByteWriter;
import dev.weir.sample.Sample;
import dev.weir.stream.InputView;
import dev.weir.stream.ValueType;
import org.agrona.DirectBuffer;

/**
 * Finds the first handshake message in a TLS stream (RFC 8446, 4 and 5.1). The message may be spread over several records;
 * then it is put together in the sample's own buffer, else it is shown in place. Every length is checked before it is used.
 * No state.
 */
final class TlsHello {
    static final int CLIENT_HELLO = 1;
    /** Result of {@link #extension}: the message has no such extension. */
    static final long ABSENT = -1;
    /** Result of {@link #extension}: the message is not well formed. */
    static final long MALFORMED = -2;

    private static final int RECORD_HEAD = 5;
    private static final int RECORD_MAX = 16384 + 2048;
    private static final int HANDSHAKE = 0x16;
    private static final int MESSAGE_HEAD = 4;
    /** Version, random. */
    private static final int SESSION_ID_AT = MESSAGE_HEAD + 2 + 32;

    private TlsHello() {}

    /**
     * Shows the first handshake message, head included, in {@code out}. False if the input is something else, or too short so
     * far; {@code out} then says whether more input could change that.
     */
    static boolean firstMessage(InputView input, Sample out) {
        int length = input.length();
        DirectBuffer bytes = input.bytes();
        if (length == 0) {
            return tooShort(input, out);
        }
        int contentType = bytes.getByte(0) & 0xFF;
        if (contentType != HANDSHAKE || length >= 2 && bytes.getByte(1) < 3) {
            return false;
        }
        if (length < RECORD_HEAD + MESSAGE_HEAD) {
            return tooShort(input, out);
        }
        int recordLength = unsigned16(bytes, 3);
        if (recordLength < MESSAGE_HEAD) {
            return false;
        }
        int messageLength = MESSAGE_HEAD + unsigned24(bytes, RECORD_HEAD + 1);
        if (messageLength <= recordLength) {
            return RECORD_HEAD + messageLength <= length
                    ? out.bytes(ValueType.BIN, bytes, RECORD_HEAD, messageLength)
                    : tooShort(input, out);
        }
        return assemble(input, messageLength, out);
    }

    /** Whether the first message is a ClientHello, shown in {@code out}. */
    static boolean clientHello(InputView input, Sample out) {
        return firstMessage(input, out) && out.byteAt(0) == CLIENT_HELLO;
    }

    private static boolean assemble(InputView input, int messageLength, Sample out) {
        if (messageLength > Sample.BYTES_MAX) {
            return false;
        }
        DirectBuffer bytes = input.bytes();
        ByteWriter message = out.writer();
        int at = 0;
        while (message.length() < messageLength) {
            if (at + RECORD_HEAD > input.length()) {
                return tooShort(input, out);
            }
            int recordLength = unsigned16(bytes, at + 3);
            boolean isOdd = (bytes.getByte(at) & 0xFF) != HANDSHAKE || recordLength == 0 || recordLength > RECORD_MAX;
            if (isOdd) {
                return false;
            }
            int part = Math.min(recordLength, messageLength - message.length());
            if (at + RECORD_HEAD + part > input.length()) {
                return tooShort(input, out);
            }
            message.put(bytes, at + RECORD_HEAD, part);
            at += RECORD_HEAD + recordLength;
        }
        return out.binary(message);
    }

    private static boolean tooShort(InputView input, Sample out) {
        out.mayChange(input.mayGrow());
        return false;
    }

    /** Offset and length of the list of cipher suites as {@code offset << 32 | length}, or MALFORMED. */
    static long cipherSuites(DirectBuffer hello) {
        int end = hello.capacity();
        if (SESSION_ID_AT + 1 > end) {
            return MALFORMED;
        }
        int at = SESSION_ID_AT + 1 + (hello.getByte(SESSION_ID_AT) & 0xFF);
        if (at + 2 > end) {
            return MALFORMED;
        }
        int length = unsigned16(hello, at);
        return length == 0 || length % 2 != 0 || at + 2 + length > end ? MALFORMED : pack(at + 2, length);
    }

    /** Offset and length of the body of an extension as {@code offset << 32 | length}, or ABSENT or MALFORMED. */
    static long extension(DirectBuffer hello, int type) {
        long suites = cipherSuites(hello);
        if (suites < 0) {
            return MALFORMED;
        }
        int end = hello.capacity();
        int at = offset(suites) + length(suites);
        if (at + 1 > end) {
            return MALFORMED;
        }
        at += 1 + (hello.getByte(at) & 0xFF);
        if (at == end) {
            return ABSENT;
        }
        if (at + 2 > end || at + 2 + unsigned16(hello, at) > end) {
            return MALFORMED;
        }
        return find(hello, at + 2, at + 2 + unsigned16(hello, at), type);
    }

    private static long find(DirectBuffer hello, int start, int end, int type) {
        int at = start;
        while (at + 4 <= end) {
            int length = unsigned16(hello, at + 2);
            if (at + 4 + length > end) {
                return MALFORMED;
            }
            if (unsigned16(hello, at) == type) {
                return pack(at + 4, length);
            }
            at += 4 + length;
        }
        return at == end ? ABSENT : MALFORMED;
    }

    static int unsigned16(DirectBuffer bytes, int at) {
        return (bytes.getByte(at) & 0xFF) << 8 | bytes.getByte(at + 1) & 0xFF;
    }

    private static int unsigned24(DirectBuffer bytes, int at) {
        return (bytes.getByte(at) & 0xFF) << 16 | unsigned16(bytes, at + 1);
    }

    private static long pack(int offset, int length) {
        return (long) offset << 32 | length;
    }

    static int offset(long packed) {
        return (int) (packed >>> 32);
    }

    static int length(long packed) {
        return (int) packed;
    }
}
