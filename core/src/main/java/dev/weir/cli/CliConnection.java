package dev.weir.cli;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One client of the runtime API: reads lines, has each command run on a thread of its own, and sends the answers. Without a
 * prompt one line is answered, and the connection ends.
 *
 * <p>Thread: the connection's virtual thread on its loop. A line or a payload that is too long ends it.
 */
final class CliConnection {
    private static final long MS_NS = 1_000_000L;

    private final Connection client;
    private final EventLoop loop;
    private final CliState state;
    private final CommandRunner runner;
    private final CliInput input;
    private final long startNs;

    /** @param startNs when the process began, by the clock */
    CliConnection(Connection client, CliState state, CommandRunner runner, long startNs) {
        this.startNs = startNs;
        this.client = client;
        this.loop = client.loop();
        this.state = state;
        this.runner = runner;
        this.input = new CliInput(client);
    }

    void run() {
        try {
            do {
                String line = input.line(this::deadline);
                if (line == null) {
                    break;
                }
                serve(line);
            } while (state.mayGoOn());
        } catch (CliInput.TooLong tooLong) {
            complain(tooLong.getMessage());
        } catch (ConnectionFailure failure) {
            // The client left, or said nothing for too long: there is nobody to tell.
        } finally {
            client.consume(
                    client.available()); // unread, it would make a reset of the end, and the answer would be lost
            client.close();
        }
    }

    private void complain(String text) {
        try {
            send(text + "\n\n");
        } catch (ConnectionFailure failure) {
            // It does not read either.
        }
    }

    private void serve(String line) throws ConnectionFailure, CliInput.TooLong {
        List<List<String>> commands = CommandLines.split(line);
        String payloadEnd = CommandLines.payloadEnd(commands.getLast());
        String payload = null;
        if (payloadEnd != null) {
            commands.getLast().removeLast();
            payload = input.payload(payloadEnd, this::askForPayload, this::deadline);
            if (payload == null) {
                return;
            }
        }
        for (List<String> words : commands) {
            if (!words.isEmpty() && !state.isOver()) {
                answer(words, payload);
            } else if (!state.isOver() && !state.isMaster()) {
                send("\n"); // an empty command has an empty answer
            }
        }
        if (state.hasPrompt() && !state.isOver()) {
            send((state.hasTimedPrompt() ? "[" + uptime() + "]" : "") + place() + "> ");
        }
    }

    private void askForPayload() throws ConnectionFailure {
        if (state.hasPrompt()) {
            send("+ ");
        }
    }

    /** On a master's socket: whose commands come next. */
    private String place() {
        if (!state.isMaster()) {
            return "";
        }
        return (state.isAtWorker() ? Long.toString(MasterPrefix.PID) : "master") + state.modes();
    }

    /** Days, hours, minutes, seconds. */
    private String uptime() {
        Duration up = Duration.ofNanos(loop.nanoTime() - startNs);
        return "%d:%02d:%02d:%02d".formatted(up.toDays(), up.toHoursPart(), up.toMinutesPart(), up.toSecondsPart());
    }

    private void answer(List<String> words, String payload) throws ConnectionFailure {
        Thread self = Thread.currentThread();
        Answer answer = new Answer(state, () -> loop.unpark(self));
        client.watchInput(self);
        runner.start(words, payload, answer);
        try {
            while (!answer.isOver()) {
                String piece = answer.take();
                answer.clientListens(!client.inputEnded() && !client.inputFailed());
                if (piece == null) {
                    loop.park();
                } else {
                    send(piece);
                }
            }
            if (!answer.handedOver().isEmpty()) {
                ListenerHandover.send(client, answer.handedOver());
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
}
