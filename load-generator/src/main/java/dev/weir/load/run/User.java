package dev.weir.load.run;

import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.load.loop.Clockwork;
import dev.weir.load.plan.Closing;
import dev.weir.load.plan.Plan;
import java.util.function.BooleanSupplier;

/**
 * A virtual user: one connection at a time, and the requests on it, as straight-line code on a virtual thread of its loop. Every
 * request that it takes ends in exactly one count: answered as expected, or failed.
 */
final class User implements Runnable {
    private final Plan plan;
    private final LoopWork work;
    private final EventLoop loop;
    private final TargetWork target;
    private final Pace pace;
    private final Dialogue dialogue;
    private final ConnectOptions connectOptions;
    private final boolean connectsFirst;
    private final InFlight inFlight;
    private final Backoff backoff = new Backoff();
    private final Clockwork.Alarm thinking = new Wake();
    private final BooleanSupplier isConnectUseless = this::isConnectUseless;
    private Thread thread;
    private Connection connection;
    private long connectedNs;
    private long sentNs;
    private long served;
    /** Set by the pace for an idle user. */
    long arrivalNs = Pace.NONE;

    User(LoopWork work, TargetWork target, ConnectOptions connectOptions) {
        this.plan = work.plan();
        this.work = work;
        this.loop = work.loop();
        this.target = target;
        this.pace = target.pace();
        this.dialogue = Dialogue.of(target.firstJob());
        this.connectOptions = connectOptions;
        this.connectsFirst = target.keepsConnections();
        this.inFlight = new InFlight(plan.pipeline);
    }

    Thread thread() {
        return thread;
    }

    /** Wakes the user from whatever it waits for outside its connection. */
    private final class Wake extends Clockwork.Alarm {
        @Override
        protected void ring() {
            loop.unpark(thread);
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            boolean isConnected = connectsFirst && work.mayConnect() && connect();
            work.onReady(isConnected);
            while (!work.hasBegun()) {
                loop.park();
            }
            while (work.isGoing()) {
                goRound();
            }
        } finally {
            closeAtEnd();
            work.onUserEnd();
        }
    }

    /** From the loop: gives up at once. */
    void abort() {
        if (connection != null) {
            connection.kill();
        }
        wake();
    }

    /** From the loop: looks again whether the run goes on. */
    void wake() {
        if (thread != null) {
            loop.unpark(thread);
        }
    }

    // ---- a round: take requests, send them, take answers ----

    private void goRound() {
        if (connection == null && connectsFirst && !connectOrWait()) {
            return;
        }
        long dueNs = pace.take(this);
        if (dueNs == Pace.NONE) {
            dropEndedConnection();
            return;
        }
        inFlight.add(target.nextJob(), dueNs);
        if (connection == null && !connectOrWait()) {
            return;
        }
        try {
            exchange();
        } catch (ConnectionFailure failure) {
            onFailure(failure);
        }
    }

    private void exchange() throws ConnectionFailure {
        takeMore();
        sentNs = loop.nanoTime();
        long deadlineNs = sentNs + plan.timeoutNs;
        for (int i = 0; i < inFlight.count(); i++) {
            int bytes = dialogue.ask(inFlight.job(i), connection, deadlineNs);
            work.tally().bytesSent += bytes;
        }
        dialogue.expect(inFlight.firstJob());
        takeAnswers(deadlineNs);
    }

    private void takeMore() {
        while (inFlight.count() < plan.pipeline && served + inFlight.count() < plan.requestsPerConnection) {
            long dueNs = pace.takeMore();
            if (dueNs == Pace.NONE) {
                return;
            }
            inFlight.add(target.nextJob(), dueNs);
        }
    }

    /** Until all are answered. */
    private void takeAnswers(long deadlineNs) throws ConnectionFailure {
        while (connection != null && !inFlight.isEmpty()) {
            if (dialogue.isAnswered()) {
                onAnswer();
            } else if (connection.available() == 0 || !takeHeld()) {
                receive(deadlineNs);
            }
        }
    }

    /** Shows the dialogue what is held; whether it could use anything. */
    private boolean takeHeld() {
        int used = dialogue.take(connection.input(), 0, connection.available());
        connection.consume(used);
        work.tally().bytesReceived += used;
        ErrorKind mistake = dialogue.isAnswered() ? null : dialogue.verdict();
        if (mistake != null) {
            failAll(mistake);
        }
        return used > 0 || mistake != null;
    }

    private void receive(long deadlineNs) throws ConnectionFailure {
        int received = connection.receive(deadlineNs);
        if (received == Connection.END_OF_STREAM && !dialogue.endsAnswer()) {
            failAll(ErrorKind.CLOSED);
        } else if (received == 0) {
            // Full, and still no complete line or head.
            failAll(ErrorKind.MALFORMED);
        }
    }

    private void onAnswer() {
        work.onAnswer(inFlight.firstDueNs(), sentNs, dialogue.verdict(), dialogue.status());
        inFlight.drop();
        served++;
        if (!dialogue.keepsConnection()) {
            if (!inFlight.isEmpty()) {
                failAll(ErrorKind.CLOSED);
            } else {
                replaceConnection();
            }
        } else if (!inFlight.isEmpty()) {
            dialogue.expect(inFlight.firstJob());
        } else if (served >= plan.requestsPerConnection || !connectsFirst || isOld()) {
            replaceConnection();
        }
    }

    private boolean isOld() {
        return plan.connectionLifeNs != Long.MAX_VALUE && loop.nanoTime() - connectedNs >= plan.connectionLifeNs;
    }

    // ---- failures ----

    private void onFailure(ConnectionFailure failure) {
        switch (failure.kind()) {
            case TIMED_OUT -> failAll(ErrorKind.TIMEOUT);
            case BROKEN_PIPE -> failAll(ErrorKind.WRITE);
            case NO_RESOURCE -> failAll(ErrorKind.NO_RESOURCE);
            case KILLED, CLOSED -> abandonAll();
            case RESET, REFUSED, UNREACHABLE -> failAll(ErrorKind.RESET);
        }
    }

    /** What went wrong is one event; each request that was on the connection is lost with it. */
    private void failAll(ErrorKind kind) {
        work.onError(kind);
        while (!inFlight.isEmpty()) {
            work.onFailed(inFlight.firstDueNs());
            inFlight.drop();
        }
        abandonAll();
    }

    /** Nobody counts what is on the connection any more. */
    private void abandonAll() {
        while (!inFlight.isEmpty()) {
            inFlight.drop();
        }
        dialogue.abandon();
        if (connection != null) {
            connection.reset();
            connection = null;
        }
    }

    // ---- connections ----

    /** Connects; after a failure it waits a little, so that a server that is gone is not stormed. */
    private boolean connectOrWait() {
        if (connect()) {
            return true;
        }
        pause(backoff.nextNs());
        return false;
    }

    private boolean connect() {
        long startNs = loop.nanoTime();
        try {
            connection =
                    loop.connect(target.endpoint(), connectOptions, startNs + plan.connectTimeoutNs, isConnectUseless);
            connectedNs = loop.nanoTime();
            served = 0;
            backoff.reset();
            work.onConnected(connectedNs - startNs);
            return true;
        } catch (ConnectionFailure failure) {
            onConnectFailure(failure);
            return false;
        }
    }

    /** Nobody wants the connection any more. */
    private boolean isConnectUseless() {
        return work.isAborted() || work.hasBegun() && !work.isGoing() && inFlight.isEmpty();
    }

    private void onConnectFailure(ConnectionFailure failure) {
        if (isConnectUseless()) {
            abandonAll();
            return;
        }
        work.onConnectFailure(target.name(), failure);
        failAll(connectErrorOf(failure));
    }

    private static ErrorKind connectErrorOf(ConnectionFailure failure) {
        return switch (failure.kind()) {
            case REFUSED -> ErrorKind.REFUSED;
            case UNREACHABLE -> ErrorKind.UNREACHABLE;
            case TIMED_OUT, KILLED, CLOSED -> ErrorKind.CONNECT_TIMEOUT;
            case NO_RESOURCE -> ErrorKind.NO_RESOURCE;
            case RESET, BROKEN_PIPE -> ErrorKind.RESET;
        };
    }

    private void replaceConnection() {
        if (plan.closing == Closing.SERVER && dialogue.serverEnds()) {
            awaitServersEnd();
        }
        if (plan.closing == Closing.RESET) {
            connection.reset();
        } else {
            connection.close();
        }
        connection = null;
    }

    /** So that the closing side, and with it TIME_WAIT, is the one that was asked for. */
    private void awaitServersEnd() {
        try {
            long deadlineNs = loop.nanoTime() + plan.timeoutNs;
            while (!connection.inputEnded() && connection.receive(deadlineNs) != Connection.END_OF_STREAM) {
                connection.consume(connection.available());
            }
        } catch (ConnectionFailure failure) {
            // All answers are in. How the connection ends after them is nobody's request: it is closed from this side.
            connection.reset();
        }
    }

    /** A server may close a connection that idles; that is no error, and the next request should not meet it. */
    private void dropEndedConnection() {
        if (connection != null && hasConnectionEnded()) {
            connection.close();
            connection = null;
        }
    }

    private boolean hasConnectionEnded() {
        return connection.inputEnded() || connection.inputFailed();
    }

    private void closeAtEnd() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    // ---- waiting ----

    /** Parks until the pace has a request for us; false if the run or the idle connection ends first. */
    boolean awaitArrival() {
        if (connection != null) {
            connection.watchInput(thread);
        }
        while (arrivalNs == Pace.NONE) {
            if (!work.isGoing() || connection != null && hasConnectionEnded()) {
                return false;
            }
            loop.park();
        }
        return true;
    }

    /** Lets a time pass; false if the run or the idle connection ends first. */
    boolean think(long ns) {
        if (connection != null) {
            connection.watchInput(thread);
        }
        long endNs = loop.nanoTime() + ns;
        work.clockwork().set(thinking, endNs);
        while (loop.nanoTime() < endNs && work.isGoing()) {
            if (connection != null && hasConnectionEnded()) {
                break;
            }
            loop.park();
        }
        work.clockwork().cancel(thinking);
        return work.isGoing() && (connection == null || !hasConnectionEnded());
    }

    private void pause(long ns) {
        long endNs = loop.nanoTime() + ns;
        work.clockwork().set(thinking, endNs);
        while (loop.nanoTime() < endNs && work.isGoing()) {
            loop.park();
        }
        work.clockwork().cancel(thinking);
    }
}
