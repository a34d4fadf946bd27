package dev.weir.server.check.script;

import dev.weir.server.check.script.ExpectStep.Outcomes;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * A packet of a MySQL server that is no error.
 *
 * @param isSecond the one behind the greeting
 */
record MysqlExpectation(boolean isSecond) implements Expectation {
    static final Outcomes OUTCOMES =
            new Outcomes(null, null, null, MysqlExpectation::version, null, MysqlExpectation::errorCode);

    /** Length in three bytes and the sequence number. */
    private static final int HEADER_BYTES = 4;

    private static final int ERROR = 0xFF;
    private static final int ERROR_HEADER_BYTES = 3;

    /** Of the client that logs in: protocol of 4.1, long passwords; largest packet; character set. */
    private static final String LOGIN_41 = "\0\202\0\0\0\200\0\001!" + "\0".repeat(23);

    private static final String LOGIN_BEFORE_41 = "\0\200\0\0\001";
    private static final String QUIT = "\001\0\0\0\001";

    static byte[] login(String user) {
        return packet(LOGIN_41 + user + "\0\0");
    }

    static byte[] loginBefore41(String user) {
        return packet(LOGIN_BEFORE_41 + user + "\0\0");
    }

    /** As the first answer to the server's greeting, and a farewell. */
    private static byte[] packet(String body) {
        char low = (char) (body.length() & 0xFF);
        char high = (char) (body.length() >> 8);
        return (low + "" + high + "\0\001" + body + QUIT).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public Finding examine(CheckRun run, ExpectStep step, boolean isLast) {
        DirectBuffer bytes = run.received();
        int start = start(bytes);
        boolean isWhole = start >= 0 && hasPacket(bytes, start);
        if (!isWhole) {
            return isLast ? Finding.failed(null, "") : Finding.WAITING;
        }
        if (!isError(bytes, start)) {
            return Finding.PASSED;
        }
        int text = start + HEADER_BYTES + ERROR_HEADER_BYTES;
        int length = packetBytes(bytes, start) - ERROR_HEADER_BYTES;
        return Finding.failed(CheckStatus.L7STS, length < 0 ? "" : ByteStrings.of(bytes, text, length));
    }

    /** Where the packet begins; -1 if the one before is not whole. */
    private int start(DirectBuffer bytes) {
        if (!isSecond) {
            return 0;
        }
        return hasPacket(bytes, 0) ? HEADER_BYTES + packetBytes(bytes, 0) : -1;
    }

    private static boolean hasPacket(DirectBuffer bytes, int start) {
        return bytes.capacity() >= start + HEADER_BYTES
                && bytes.capacity() >= start + HEADER_BYTES + packetBytes(bytes, start)
                && packetBytes(bytes, start) > 0;
    }

    private static int packetBytes(DirectBuffer bytes, int start) {
        return bytes.getByte(start) & 0xFF
                | (bytes.getByte(start + 1) & 0xFF) << 8
                | (bytes.getByte(start + 2) & 0xFF) << 16;
    }

    private static boolean isError(DirectBuffer bytes, int start) {
        return (bytes.getByte(start + HEADER_BYTES) & 0xFF) == ERROR;
    }

    /** Of the server, from its greeting. */
    private static String version(CheckRun run) {
        DirectBuffer bytes = run.received();
        int start = HEADER_BYTES + 1;
        int end = start;
        while (end < bytes.capacity() && bytes.getByte(end) != 0) {
            end++;
        }
        return ByteStrings.of(bytes, start, Math.max(0, end - start));
    }

    private static int errorCode(CheckRun run) {
        DirectBuffer bytes = run.received();
        for (int start = 0; hasPacket(bytes, start); start += HEADER_BYTES + packetBytes(bytes, start)) {
            if (isError(bytes, start) && packetBytes(bytes, start) >= ERROR_HEADER_BYTES) {
                return bytes.getByte(start + 5) & 0xFF | (bytes.getByte(start + 6) & 0xFF) << 8;
            }
        }
        return 0;
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
