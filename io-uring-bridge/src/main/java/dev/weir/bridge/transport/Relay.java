package dev.weir.bridge.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One session's two directions: the limits go in, what happened comes out. Reused from session to session.
 * Owner: the virtual thread that runs the relay; the loop writes it meanwhile, and any thread may read the byte counts.
 */
public final class Relay {
    private static final VarHandle TO_SERVER;
    private static final VarHandle TO_CLIENT;

    static {
        try {
            TO_SERVER = MethodHandles.lookup().findVarHandle(Relay.class, "bytesToServer", long.class);
            TO_CLIENT = MethodHandles.lookup().findVarHandle(Relay.class, "bytesToClient", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Why a relay ended. */
    public enum End {
        /** Both sides ended their streams and everything was delivered. */
        FINISHED,
        /** The client's connection failed: reset, broken pipe. */
        CLIENT_FAILED,
        /** The server's connection failed. */
        SERVER_FAILED,
        /** The client was silent for longer than its limit; the relay went on until the other way was over, too. Or it took nothing for so long. */
        CLIENT_TIMED_OUT,
        /** The same of the server. */
        SERVER_TIMED_OUT,
        /** Another thread asked for the end, with {@link Connection#kill} of either side. */
        KILLED,
        /** The server said something, or ended, and {@link Relay#stopWhenServerSpeaks} was set: nothing is lost, the relay may go on. */
        SERVER_SPOKE
    }

    /**
     * Inactivity limits in nanoseconds, 0 for none. Receiving from or sending to a side refreshes that side's. Who is silent for
     * longer is not listened to any more, as if his stream had ended; who takes nothing for longer ends the relay.
     */
    public long clientIdleNs;

    public long serverIdleNs;
    /** Replaces the client's limit once the end of stream was passed on to it; 0 keeps it. */
    public long clientFinIdleNs;
    /** Replaces the server's limit once the end of stream was passed on to it; 0 keeps it. */
    public long serverFinIdleNs;
    /** Replaces both sides' limits, but for the fin limits; 0 keeps them. Any traffic refreshes it. */
    public long tunnelIdleNs;
    /** {@code option independent-streams}: sending to a side does not refresh that side's limit. */
    public boolean independentStreams;

    /** Forwards to the server only, and ends as soon as its answer is held unread: for rules that look at it first. */
    public boolean stopWhenServerSpeaks;

    /** {@code option nolinger}: a side is not told the end of what it gets; the relay is finished then, and the caller resets it. */
    public boolean isAbruptToClient;

    public boolean isAbruptToServer;

    /** Bandwidth limits, null for none. What is metered is not spliced. */
    public Meter meterToServer;

    public Meter meterToClient;

    public Splice spliceToServer = Splice.ADAPTIVE;
    public Splice spliceToClient = Splice.ADAPTIVE;

    /** Why it ended; null while it runs. */
    public End end;
    /** Which side ended its stream first: true the client, false the server. Meaningful for {@link End#FINISHED} and time-outs of half-closed sessions. */
    public boolean clientEndedFirst;
    /** Whether either side had ended its stream when the relay ended. */
    public boolean halfClosed;

    private long bytesToServer;
    private long bytesToClient;

    /** Prepares to go on after {@link End#SERVER_SPOKE}: counts stay. */
    public Relay resume() {
        end = null;
        return this;
    }

    /** Prepares for another session: counts and outcome are forgotten, limits stay. */
    public Relay restart() {
        TO_SERVER.setOpaque(this, 0L);
        TO_CLIENT.setOpaque(this, 0L);
        end = null;
        clientEndedFirst = false;
        halfClosed = false;
        return this;
    }

    /** Whether the end of a direction's stream ends the relay. */
    public boolean isAbruptTo(boolean server) {
        return server ? isAbruptToServer : isAbruptToClient;
    }

    /** Bytes passed on to the server; at the end, those that the kernel took. Any thread; may lag. */
    public long bytesToServer() {
        return (long) TO_SERVER.getOpaque(this);
    }

    /** Bytes passed on to the client; at the end, those that the kernel took. Any thread; may lag. */
    public long bytesToClient() {
        return (long) TO_CLIENT.getOpaque(this);
    }

    /** Counts bytes that were passed on. Thread: the loop. */
    public void addBytes(boolean towardsServer, long bytes) {
        if (towardsServer) {
            TO_SERVER.setOpaque(this, bytesToServer + bytes);
        } else {
            TO_CLIENT.setOpaque(this, bytesToClient + bytes);
        }
    }
}
