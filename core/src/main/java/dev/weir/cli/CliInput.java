package dev.weir.cli;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lines of a client, which may come byte by byte and in any amount: no more than one line and one receive are held. Thread: the connection's. */
final class CliInput {
    private static final int LINE_BYTES_MAX = 16_384;
    private static final int PAYLOAD_BYTES_MAX = 131_072;

    private final Connection client;
    private byte[] line = new byte[256];
    private int length;

    CliInput(Connection client) {
        this.client = client;
    }

    /** A client that sends more than a line or a payload may have. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1;

        TooLong(String what, int bytesMax) {
            super(what + " too long, the maximum is " + bytesMax + " bytes.", null, false, false);
        }
    }

    /** The deadline of a receive, asked anew for each. */
    interface Deadline {
        long ns();
    }

    /** What a client is told whose next line has not come yet. */
    interface Prompt {
        Prompt NONE = () -> {};

        void show() throws ConnectionFailure;
    }

    /** Null at the end of the input: a line without its end was cut off, and may have meant something else. */
    String line(Deadline deadline) throws ConnectionFailure, TooLong {
        return line(Prompt.NONE, deadline);
    }

    private String line(Prompt prompt, Deadline deadline) throws ConnectionFailure, TooLong {
        length = 0;
        boolean isWhole = takeToLineEnd();
        if (!isWhole) {
            prompt.show();
        }
        while (!isWhole) {
            if (client.receive(deadline.ns()) == Connection.END_OF_STREAM && client.available() == 0) {
                return null;
            }
            isWhole = takeToLineEnd();
        }
        return text();
    }

    /** What comes before the line that ends it; null if that line does not come. */
    String payload(String end, Prompt prompt, Deadline deadline) throws ConnectionFailure, TooLong {
        StringBuilder payload = new StringBuilder();
        String next = line(prompt, deadline);
        while (next != null && !next.equals(end)) {
            payload.append(next).append('\n');
            if (payload.length() > PAYLOAD_BYTES_MAX) {
                throw new TooLong("Payload", PAYLOAD_BYTES_MAX);
            }
            next = line(prompt, deadline);
        }
        return next == null ? null : payload.toString();
    }

    /** Moves what has come, up to a line's end, into the line. @return whether there was one */
    private boolean takeToLineEnd() throws TooLong {
        int available = client.available();
        int end = 0;
        while (end < available && client.input().getByte(end) != '\n') {
            end++;
        }
        if (length + end > LINE_BYTES_MAX) {
            throw new TooLong("Line", LINE_BYTES_MAX);
        }
        if (length + end > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + end));
        }
        client.input().getBytes(0, line, length, end);
        length += end;
        boolean isWhole = end < available;
        client.consume(isWhole ? end + 1 : end);
        return isWhole;
    }

    private String text() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, StandardCharsets.UTF_8);
    }
}
