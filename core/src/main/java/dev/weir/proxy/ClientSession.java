package dev.weir.proxy;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.rule.RuleResult;
import dev.weir.server.KillableSession;
import dev.weir.server.ServerPool;
import dev.weir.stats.Counter;
import dev.weir.stream.Cause;
import dev.weir.stream.LineReporter;
import dev.weir.stream.LogOrigin;
import dev.weir.stream.Phase;
import dev.weir.stream.Stream;

/**
 * One client connection from accept to close. What sessions of every mode share is here: the way in ({@link Entrance}), being
 * killed, closing, leaving. What is between is {@link #serve}.
 *
 * <p>Thread: a virtual thread of its loop, then the loop itself; {@link #kill} any. One object serves many sessions.
 *
 * <p>What is thrown in any part of a session is a fault of the proxy, and ends that session as all others end: accounted, logged
 * ({@code I}), closed. The loop, which sees it then, says what it was.
 */
public abstract class ClientSession implements KillableSession, LineReporter, Runnable {
    protected static final long MS_NS = 1_000_000L;

    protected final LoopContext context;
    protected final EventLoop loop;
    /** Null where nobody will ask for the facts any more. */
    protected Stream stream;

    protected Connection client;
    protected BindListener listener;
    protected Frontend frontend;
    /** Who to wake; null while the session has no virtual thread. */
    protected Thread thread;
    /** The end shall be one that the client does not see. */
    protected boolean isSilent;

    private boolean isReset;
    /** Of the reset that a silent drop sends; 0 for none. */
    private int resetTtl;

    protected boolean isLogged;
    /** Who goes on with its client when it has nothing more to do; null if it does itself. */
    private ClientSession successor;
    /** Something of ours went wrong in it. */
    private boolean isFaulty;
    /** Why the session was killed, or null. */
    protected volatile Cause killed;
    /** Where the object waits between two connections. */
    SessionPool pool;
    /** Tells it from all other sessions of this process. */
    long number;
    /** When its client was accepted, by the loop's clock. */
    protected long acceptNs;
    /** Neighbours in the loop's lists. */
    ClientSession next;

    ClientSession previous;

    protected ClientSession(LoopContext context) {
        this.context = context;
        this.loop = context.loop;
    }

    /** A connection's whole life, or as much of it as needs this virtual thread. */
    final void run(Connection client, BindListener listener, Frontend frontend) {
        this.client = client;
        this.listener = listener;
        this.frontend = frontend;
        this.thread = Thread.currentThread();
        acceptNs = loop.nanoTime();
        context.entrance.enter(this);
        try {
            begin();
            if (context.entrance.admits(this)) {
                serve();
            } else {
                end();
            }
        } catch (RuntimeException | Error fault) {
            endFaulty();
            throw fault;
        }
        if (successor != null) {
            passOn();
        }
    }

    /** A fault of the other session is that one's, and no longer ours. */
    private void passOn() {
        ClientSession heir = successor;
        successor = null;
        heir.run();
    }

    /** Goes on with a session that had given its thread back: the loop calls it, or starts it on another one. */
    @Override
    public final void run() {
        try {
            goOn();
        } catch (RuntimeException | Error fault) {
            endFaulty();
            throw fault;
        }
    }

    private void begin() {
        isSilent = false;
        isReset = false;
        isLogged = true;
        killed = null;
        restart();
        stream = context.takeStream();
        stream.start(context.process, frontend, listener, context.comingStreamId(), loop.index());
        acceptNs = loop.nanoTime();
        stream.times().accepted(acceptNs, context.process.clock().epochMicros());
        stream.reporter(this);
        stream.clientSide().attach(client);
        if (frontend.log.mayShowPeers()) {
            stream.clientSide().connectionSource();
        }
    }

    /** Goes on with the client of another session, which runs this one when it has come to its own end. */
    final void takeOver(ClientSession session) {
        client = session.client;
        listener = session.listener;
        frontend = session.frontend;
        thread = session.thread;
        stream = session.stream;
        stream.reporter(this);
        acceptNs = session.acceptNs;
        isSilent = false;
        isReset = false;
        isLogged = true;
        killed = null;
        restart();
        session.client = null;
        session.thread = null;
        session.stream = null;
        session.successor = this;
    }

    /** Forgets the session before. */
    protected abstract void restart();

    /** Serves a client that was let in; comes to {@link #end} in the end. */
    protected abstract void serve();

    /** Serves a client whose session had no thread meanwhile. */
    protected abstract void goOn();

    /** Accounts and logs. */
    protected abstract void settle();

    /** Closes what belongs to the session beside its client. */
    protected abstract void release();

    /** A fault of ours ends the session: says so where it will be seen. */
    protected abstract void faulty();

    // ---- for the phases ----

    /**
     * What a rule set's result means for the session; the refusal is counted.
     *
     * @param logsRefusal connections that early rules refuse are counted only, as under HAProxy
     */
    protected final boolean passes(RuleResult result, Counter refusals, boolean logsRefusal, Phase phase) {
        if (!ends(result)) {
            return true;
        }
        drop(result == RuleResult.SILENT_DROP);
        isLogged = logsRefusal;
        count(refusals);
        stream.ended(Cause.PROXY, result == RuleResult.SILENT_DROP ? Phase.REQUEST : phase); // as HAProxy has it
        return false;
    }

    /** @param isSilent not even the kernel shall tell the client, unless the rule said how far it may */
    protected final void drop(boolean isSilent) {
        this.isSilent = isSilent;
        resetTtl = stream.clientSide().resetTtl();
    }

    /** The client gets a RST: nothing is kept of a connection that was not wanted, not even its last state. */
    final void resetClient() {
        isReset = true;
    }

    protected static boolean ends(RuleResult result) {
        return result == RuleResult.REJECT || result == RuleResult.SILENT_DROP;
    }

    /** Who is to blame: whoever killed the session, a fault of ours for which the loop killed the connection, or the peer. */
    protected final Cause causeOfFailure(Connection connection, Cause peer) {
        if (killed != null) {
            return killed;
        }
        return connection.isKilled() ? Cause.INTERNAL : peer;
    }

    protected final void count(Counter counter) {
        addCount(counter, 1);
    }

    /** For the frontend and its listener. */
    protected final void addCount(Counter counter, long amount) {
        frontend.state().counters().add(loop.index(), counter, amount);
        listener.add(loop.index(), counter, amount);
    }

    protected final long deadline(long timeoutMs) {
        return timeoutMs == 0 ? Long.MAX_VALUE : loop.nanoTime() + timeoutMs * MS_NS;
    }

    /** An idle session keeps no more than it needs to its end. */
    protected final void forgetFacts() {
        context.giveBack(stream);
        stream = null;
    }

    /** A line beside that of the end, about what is known by now. */
    @Override
    public final void report(LogOrigin origin) {
        if (!frontend.log.isEnabled()) {
            return;
        }
        var times = stream.times();
        long closeNs = times.closeNs;
        times.closeNs = times.sinceAccept(loop.nanoTime());
        noteSoFar();
        frontend.log.report(stream, context.line, origin);
        times.closeNs = closeNs;
    }

    /** Writes the line of a step, if its frontend wants one there. */
    protected final void reach(LogOrigin step) {
        if (frontend.log.isStep(step)) {
            report(step);
        }
    }

    /** What a line that is written now says of bytes and connections. */
    protected abstract void noteSoFar();

    // ---- the end ----

    /** Accounts, logs, closes. What is thrown on the way keeps nothing open, and no place taken. */
    protected final void end() {
        try {
            settle();
        } finally {
            closeAll();
        }
    }

    private void closeAll() {
        try {
            release();
            closeClient();
        } finally {
            leave();
        }
    }

    /** Nothing is left to be done if the fault was in the end itself. */
    private void endFaulty() {
        if (client != null) {
            isFaulty = true;
            try {
                faulty();
            } finally {
                end();
            }
        }
    }

    private void closeClient() {
        if (isSilent) {
            client.silentDrop(resetTtl);
        } else {
            boolean isNolinger = isReset || frontend.isNolinger;
            if (!isNolinger) {
                takeLeave();
            }
            close(client, isNolinger);
        }
    }

    /** Just before the client's connection is closed in the usual way. */
    protected void takeLeave() {}

    protected static void close(Connection connection, boolean isNolinger) {
        if (isNolinger) {
            connection.reset();
        } else {
            connection.close();
        }
    }

    /** The last act: the object is free for another connection, unless nobody knows in what state it is. */
    private void leave() {
        context.entrance.leave(this);
        client = null;
        thread = null;
        if (isFaulty) {
            context.forget(this);
        } else {
            context.giveBack(this);
        }
    }

    /** On the loop, when somebody ends the session: what it waits for beside its client ends, too. */
    protected void killed() {}

    // ---- for others ----

    /** On the loop: whether there is something that it does; a connection that waits for its next request does nothing. */
    protected boolean isActive() {
        return client != null;
    }

    /** On the loop: since when it does that. */
    protected long activeSinceNs() {
        return acceptNs;
    }

    /** On the loop: adds to counters what it has moved since it did so last, if it moves anything. */
    protected abstract void countSoFar();

    /** On the loop: adds what only this kind of session knows. */
    protected abstract void describe(SessionRow row);

    final SessionRow row() {
        SessionRow row = new SessionRow(number, loop.nanoTime() - activeSinceNs(), frontend, listener.name());
        client.peerName(row.client);
        client.localName(row.local);
        row.heldIn = client.available();
        row.heldOut = client.unsent();
        describe(row);
        row.isLimited = isLimited(row.backend);
        return row;
    }

    /** Whether silence of one side ends it; a relay without a stream has its proxies' limits. */
    private boolean isLimited(ServerPool backend) {
        if (stream != null) {
            return stream.timeouts().clientMs() > 0 || stream.timeouts().serverMs() > 0;
        }
        return frontend.clientTimeoutMs > 0 || backend != null && backend.serverTimeoutMs() > 0;
    }

    @Override
    public final void kill(Cause cause) {
        killed = cause;
        loop.execute(() -> interrupt(cause));
    }

    /** On the loop: whatever the session waits for ends. */
    private void interrupt(Cause cause) {
        if (client == null || killed != cause) {
            return;
        }
        client.kill();
        killed();
        if (thread != null) {
            loop.unpark(thread);
        }
    }
}
