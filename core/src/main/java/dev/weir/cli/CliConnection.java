package dev.weir.cli;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One client of the runtime API: reads lines, has each command run on a thread of its own, and sends the answers. Without a
 * prompt one line is answered, and the connection ends.
 *
 * <p>Thread: the connection's virtual thread on its loop; a line longer than {@link #LINE_BYTES_MAX}, or a payload longer than
 * {@link #PAYLOAD_BYTES_MAX}, ends it.
 */
final class CliConnection {
    private static final long MS_NS = 1_000_000L;
    private static final int LINE_BYTES_MAX = 16_384;
    private static final int PAYLOAD_BYTES_MAX = 131_072;

    private final Connection client;
    private final EventLoop loop;
    private final CliState state;
    private final CommandRunner runner;
    private final StringBuilder received = new StringBuilder();

    CliConnection(Connection client, CliState state, CommandRunner runner) {
        this.client = client;
        this.loop = client.loop();
        this.state = state;
        this.runner = runner;
    }

    void run() {
        try {
            do {
                String line = readLine(LINE_BYTES_MAX);
                if (line == null) {
                    break;
                }
                serve(line);
            } while (state.isInteractive() && !state.isOver());
        } catch (ConnectionFailure failure) {
            // The client left, or said nothing for too long: there is nobody to tell.
        } finally {
            client.close();
        }
    }

    private void serve(String line) throws ConnectionFailure {
        List<List<String>> commands = CommandLines.split(line);
        String payloadEnd = CommandLines.payloadEnd(commands.getLast());
        String payload = null;
        if (payloadEnd != null) {
            commands.getLast().removeLast();
            payload = readPayload(payloadEnd);
        }
        for (List<String> words : commands) {
            if (!words.isEmpty() && !state.isOver()) {
                answer(words, payload);
            }
        }
        if (state.hasPrompt() && !state.isOver()) {
            send(state.isInteractive() ? "> " : "");
        }
    }

    private void answer(List<String> words, String payload) throws ConnectionFailure {
        Thread self = Thread.currentThread();
        Answer answer = new Answer(state, () -> loop.unpark(self));
        runner.start(words, payload, answer);
        try {
            while (!answer.isOver()) {
                String piece = answer.take();
                if (piece == null) {
                    loop.park();
                } else {
                    send(piece);
                }
            }
        } finally {
            answer.abandon();
        }
    }

    private void send(String text) throws ConnectionFailure {
        if (!text.isEmpty()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            client.send(new UnsafeBuffer(bytes), 0, bytes.length, deadline());
        }
    }

    private long deadline() {
        return state.idleMs() == 0 ? Long.MAX_VALUE : loop.nanoTime() + state.idleMs() * MS_NS;
    }

    // ---- reading ----

    private String readPayload(String end) throws ConnectionFailure {
        StringBuilder payload = new StringBuilder();
        String line = readLine(PAYLOAD_BYTES_MAX);
        while (line != null && !line.equals(end)) {
            payload.append(line).append('\n');
            if (payload.length() > PAYLOAD_BYTES_MAX) {
                throw new ConnectionFailure(ConnectionFailure.Kind.KILLED, 0, "payload too long");
            }
            line = readLine(PAYLOAD_BYTES_MAX);
        }
        return payload.toString();
    }

    /** Null at the end of the input; a last line may lack its end. */
    private String readLine(int bytesMax) throws ConnectionFailure {
        int end = received.indexOf("\n");
        while (end < 0) {
            if (received.length() > bytesMax) {
                throw new ConnectionFailure(ConnectionFailure.Kind.KILLED, 0, "line too long");
            }
            if (!receive()) {
                return lastLine();
            }
            end = received.indexOf("\n");
        }
        String line = received.substring(0, end);
        received.delete(0, end + 1);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private String lastLine() {
        String line = received.toString();
        received.setLength(0);
        return line.isEmpty() ? null : line;
    }

    private boolean receive() throws ConnectionFailure {
        if (client.available() == 0 && client.receive(deadline()) == Connection.END_OF_STREAM) {
            return false;
        }
        received.append(client.input().getStringWithoutLengthUtf8(0, client.available()));
        client.consume(client.available());
        return true;
    }
}
