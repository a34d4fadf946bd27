package dev.weir.server.check.script;

import org.agrona.DirectBuffer;

/** The answer to an anonymous bind (RFC 4511 section 4.2.2). */
record LdapExpectation() implements Expectation {
    private static final String OTHER_PROTOCOL = "Not LDAPv3 protocol";
    private static final String SEE_RFC = "See RFC: http://tools.ietf.org/html/rfc4511#section-4.1.9";
    /** Message 1, a bind response. */
    private static final byte[] RESPONSE = {0x02, 0x01, 0x01, 0x61};

    private static final byte[] ENUMERATION = {0x0A, 0x01};
    private static final int LONG_LENGTH = 0x80;

    @Override
    public Finding examine(CheckRun run, ExpectStep step, boolean isLast) {
        DirectBuffer bytes = run.received();
        int start = start(bytes);
        if (start < 0) {
            return Finding.failed(null, OTHER_PROTOCOL);
        }
        if (bytes.capacity() < start || bytes.capacity() < start + messageBytes(bytes)) {
            return isLast ? Finding.failed(null, "") : Finding.WAITING;
        }
        int result = resultAt(bytes, start);
        if (result < 0) {
            return Finding.failed(null, OTHER_PROTOCOL);
        }
        return bytes.getByte(result) == 0 ? Finding.PASSED : Finding.failed(CheckStatus.L7STS, SEE_RFC);
    }

    /** Where the message begins behind its length; -1 if the length is written in an unknown way. */
    private static int start(DirectBuffer bytes) {
        int first = bytes.getByte(1) & 0xFF;
        if (first < LONG_LENGTH) {
            return 2;
        }
        int lengthBytes = first - LONG_LENGTH;
        return lengthBytes == 2 || lengthBytes == 4 ? 2 + lengthBytes : -1;
    }

    private static long messageBytes(DirectBuffer bytes) {
        int start = start(bytes);
        if (start == 2) {
            return bytes.getByte(1);
        }
        long length = 0;
        for (int i = 2; i < start; i++) {
            length = length << 8 | bytes.getByte(i) & 0xFF;
        }
        return length;
    }

    /** Position of the result code, or -1 if this is no bind response. */
    private static int resultAt(DirectBuffer bytes, int start) {
        int length = start + RESPONSE.length;
        if (!isAt(bytes, start, RESPONSE) || length >= bytes.capacity()) {
            return -1;
        }
        int first = bytes.getByte(length) & 0xFF;
        int result = length + 1 + (first < LONG_LENGTH ? 0 : first - LONG_LENGTH);
        int code = result + ENUMERATION.length;
        return isAt(bytes, result, ENUMERATION) && code < bytes.capacity() ? code : -1;
    }

    private static boolean isAt(DirectBuffer bytes, int start, byte[] wanted) {
        if (start + wanted.length > bytes.capacity()) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.getByte(start + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** The result code of an answer, or -1. */
    static int code(CheckRun run) {
        DirectBuffer bytes = run.received();
        int start = bytes.capacity() < 2 ? -1 : start(bytes);
        int result = start < 0 || bytes.capacity() < start ? -1 : resultAt(bytes, start);
        return result < 0 ? -1 : bytes.getByte(result);
    }

    @Override
    public String title() {
        return "custom function";
    }

    @Override
    public String pattern() {
        return " (custom function)";
    }
}
