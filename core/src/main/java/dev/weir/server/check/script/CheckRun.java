package dev.weir.server.check.script;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.sample.ByteWriter;
import dev.weir.server.PoolSettings;
import dev.weir.server.ProbeTarget;
import dev.weir.server.Server;
import dev.weir.server.ServerState;
import dev.weir.server.check.script.CheckScript.Dialect;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One run of a script against a server, on a virtual thread of a loop. */
final class CheckRun {
    private static final long MS_NS = 1_000_000L;
    private static final int NOT_FOUND = 404;

    private final ScriptProbe probe;
    private final CheckScript script;
    private final EventLoop loop;
    private final CheckDialer dialer;
    private final int limitMs;
    private long startNs;
    private long deadlineNs;
    private Step step;
    private ConnectStep connected;
    private Connection connection;
    private boolean mustReceive;
    private boolean isLast;
    private String passedInfo;
    private boolean hasScene;

    CheckRun(ScriptProbe probe, CheckScript script, EventLoop loop, ProbeTarget target, int limitMs) {
        this.probe = probe;
        this.script = script;
        this.loop = loop;
        this.dialer = new CheckDialer(this, target);
        this.limitMs = limitMs;
    }

    CheckResult run() {
        startNs = loop.nanoTime();
        try {
            return converse();
        } catch (ConnectionFailure failure) {
            return failed(failure);
        } finally {
            hangUp();
            if (hasScene) {
                probe.scene().end();
            }
        }
    }

    private CheckResult converse() throws ConnectionFailure {
        int position = 0;
        while (position < script.steps().size()) {
            step = script.steps().get(position++);
            switch (step) {
                case ConnectStep connect -> connect(connect);
                case VariableStep variable -> variable.effect().apply(scene().stream(), scene().scratch());
                case SendStep send -> {
                    if (!send(send)) {
                        return result(
                                CheckStatus.L7RSP,
                                "tcp-check send : failed to build log-format string at step " + send.number());
                    }
                }
                case ExpectStep expect -> {
                    Finding finding = examine(expect);
                    if (finding.kind() == Finding.Kind.WAITING) {
                        mustReceive = true;
                        position = expect.head();
                    } else if (finding.kind() != Finding.Kind.PASSED) {
                        return ended(expect, finding);
                    }
                    passedInfo = finding.info();
                }
            }
        }
        return passed();
    }

    // ---- steps ----

    private void connect(ConnectStep connect) throws ConnectionFailure {
        hangUp();
        PoolSettings pool = server().pool().settings();
        long nowNs = loop.nanoTime();
        boolean hasBoth = pool.checkTimeoutMs > 0 && pool.connectTimeoutMs > 0;
        deadlineNs = nowNs + (hasBoth ? Math.min(pool.connectTimeoutMs, limitMs) : limitMs) * MS_NS;
        connection = dialer.dial(connect, loop, deadlineNs);
        connected = connect;
        if (pool.checkTimeoutMs > 0) {
            deadlineNs = loop.nanoTime() + pool.checkTimeoutMs * MS_NS;
        }
        if (hasScene) {
            scene().connected(connection);
        }
        mustReceive = true;
        isLast = false;
    }

    /** @return false if what was to be sent could not be built */
    private boolean send(SendStep send) throws ConnectionFailure {
        ByteWriter output = probe.output();
        boolean isHttp = script.dialect() == Dialect.HTTP;
        if (isHttp) {
            probe.reply().start(scene().exchange(), script.isTolerant());
        }
        if (!send.payload().write(this, output)) {
            return false;
        }
        if (output.length() == 0) {
            return true;
        }
        connection.consume(connection.available());
        if (isHttp) {
            probe.reply().awaitNoBody(isHead(output));
        }
        connection.send(new UnsafeBuffer(output.array(), 0, output.length()), 0, output.length(), deadlineNs);
        mustReceive = true;
        isLast = false;
        return true;
    }

    private static boolean isHead(ByteWriter output) {
        byte[] bytes = output.array();
        return output.length() > 5
                && bytes[0] == 'H'
                && bytes[1] == 'E'
                && bytes[2] == 'A'
                && bytes[3] == 'D'
                && bytes[4] == ' ';
    }

    /**
     * Waits for more input.
     *
     * @return false if there is none and will be none
     */
    private boolean receive() throws ConnectionFailure {
        mustReceive = false;
        try {
            if (!connection.inputEnded()) {
                connection.receive(deadlineNs);
            }
            isLast = connection.inputEnded() || connection.available() >= connection.inputBytesMax();
        } catch (ConnectionFailure failure) {
            if (failure.kind() != Kind.RESET || connection.available() == 0) {
                throw failure;
            }
            isLast = true; // a reset often follows the last answer, which counts
        }
        if (hasScene) {
            scene().received(connection, isLast);
        }
        if (script.dialect() == Dialect.HTTP) {
            HttpReply reply = probe.reply();
            reply.advance(connection, isLast);
            isLast |= reply.isEnough();
            return !reply.isBroken();
        }
        return connection.available() > 0;
    }

    private Finding examine(ExpectStep expect) throws ConnectionFailure {
        boolean isBroken = mustReceive && !receive();
        if (script.dialect() == Dialect.HTTP
                ? isBroken
                : isLast && connection.available() == 0 && !expect.isInverse()) {
            return unanswered(expect);
        }
        if (script.dialect() == Dialect.HTTP && reply().isInvalid()) {
            return Finding.failed(CheckStatus.L7RSP, null);
        }
        return isGone()
                ? Finding.failed(CheckStatus.L7OKC, "")
                : expect.expectation().examine(this, expect, isLast);
    }

    private Finding unanswered(ExpectStep expect) {
        if (script.dialect() == Dialect.HTTP) {
            return Finding.failed(CheckStatus.SOCKERR, null);
        }
        boolean hasText = expect.outcomes().onError() != null;
        return hasText ? Finding.MISMATCH : Finding.failed(null, StepText.emptyResponse(expect));
    }

    /** {@code disable-on-404}: a server that is up says that it is going. */
    private boolean isGone() {
        return script.isGoneMeaningful()
                && reply().head() != null
                && reply().head().status() == NOT_FOUND
                && server().state() != ServerState.STOPPED;
    }

    // ---- results ----

    private CheckResult ended(ExpectStep expect, Finding finding) {
        return new CheckResult(
                expect.failedStatus(finding), code(expect), StepText.failure(this, expect, finding), elapsedMs());
    }

    private CheckResult passed() {
        return switch (step) {
            case ConnectStep connect -> result(CheckStatus.L4OK, connect.isImplicit() ? null : "(tcp-check)");
            case SendStep send -> result(CheckStatus.L7OK, "(tcp-check)");
            case VariableStep variable -> result(CheckStatus.L7OK, "(tcp-check)");
            case ExpectStep expect ->
                new CheckResult(expect.passedStatus(), code(expect), successText(expect), elapsedMs());
        };
    }

    private String successText(ExpectStep expect) {
        if (passedInfo != null) {
            return passedInfo;
        }
        if (expect.outcomes().onSuccess() != null) {
            return expect.outcomes().onSuccess().of(this);
        }
        return script.dialect() == Dialect.TCP ? "(tcp-check)" : null;
    }

    private int code(ExpectStep expect) {
        int code =
                expect.outcomes().code() == null ? -1 : expect.outcomes().code().of(this);
        if (code >= 0) {
            return code;
        }
        boolean isHttp = script.dialect() == Dialect.HTTP && reply().head() != null;
        return isHttp ? reply().head().status() : 0;
    }

    private CheckResult failed(ConnectionFailure failure) {
        String place = StepText.place(script, step);
        boolean isConnecting = step instanceof ConnectStep;
        return switch (failure.kind()) {
            case TIMED_OUT -> result(timedOutStatus(), place.isEmpty() ? null : place);
            case NO_RESOURCE -> result(CheckStatus.SOCKERR, ErrnoText.of(failure) + place);
            case REFUSED, UNREACHABLE, RESET, BROKEN_PIPE ->
                isConnecting
                        ? result(CheckStatus.L4CON, ErrnoText.of(failure) + place)
                        : result(CheckStatus.SOCKERR, ErrnoText.returned(failure) + place);
            case KILLED, CLOSED -> null;
        };
    }

    private CheckStatus timedOutStatus() {
        return switch (step) {
            case ConnectStep connect -> CheckStatus.L4TOUT;
            case ExpectStep expect -> expect.timedOutStatus();
            case SendStep send -> CheckStatus.L7TOUT;
            case VariableStep variable -> throw new IllegalStateException("nothing was waited for");
        };
    }

    private CheckResult result(CheckStatus status, String info) {
        return new CheckResult(status, info, elapsedMs());
    }

    private long elapsedMs() {
        return (loop.nanoTime() - startNs) / MS_NS;
    }

    /** By a reset, so that servers that wait for requests see no empty session; those that want to see the end of one do. */
    private void hangUp() {
        if (connection == null) {
            return;
        }
        if (connected.lingers() || connection.inputEnded() || dialer.sentHeader()) {
            connection.close();
        } else {
            connection.reset();
        }
        connection = null;
    }

    // ---- what steps look at ----

    CheckScript script() {
        return script;
    }

    Server server() {
        return probe.server();
    }

    /** What has been received and not been forgotten; empty without a connection. */
    DirectBuffer received() {
        return connection.input();
    }

    HttpReply reply() {
        return probe.reply();
    }

    /** What expressions see. */
    CheckScene scene() {
        CheckScene scene = probe.scene();
        if (!hasScene) {
            hasScene = true;
            scene.start(loop.index());
            if (connection != null) {
                scene.connected(connection);
                scene.received(connection, isLast);
            }
        }
        return scene;
    }
}
