package dev.weir.server;

import dev.weir.balance.IntrusiveHeap;
import dev.weir.bridge.transport.EventLoop;

/**
 * A session's place: on a server, or in the queue of a server or of the backend. Reused from session to session. Everything
 * is changed under the pool's lock; the session itself looks at {@link #phase} while it waits.
 */
public final class Place extends IntrusiveHeap.Node {
    /** Where the session is. */
    enum Phase {
        /** Has and waits for nothing. */
        FREE,
        /** In a queue. */
        QUEUED,
        /** Counted on {@link #server}. */
        HOLDING,
        /** Was taken out of a queue because its server or the last server went away: has to choose again. */
        DISPLACED
    }

    volatile Phase phase = Phase.FREE;

    // ---- what the session brings; written by it while FREE ----

    /** Whose session it is; null while it is nobody's. */
    ServerPool pool;

    EventLoop loop;
    Thread thread;
    KillableSession session;
    boolean hasHash;
    int hash;
    int priorityClass;
    int priorityOffsetMs;
    /** Bound to this server by a rule or by persistence, or null. */
    Server direct;
    /** It would rather go there than where it is sent, or null; not bound to it. */
    Server preferred;
    /** Bound whatever the server's state ({@code force-persist}). */
    boolean isForced;
    /** The server that failed just now or had no room, or null. */
    Server avoided;

    /** How often it was tried again; counted by the session. */
    int retries;

    // ---- guarded by the pool's lock ----

    Server server;
    /** Whether the last choice was another server than {@link #avoided}, or none. */
    boolean hasMoved;
    /** In a server's queue, else in the backend's. */
    boolean isInServerQueue;
    /** Number of the next session to be served when this one was queued. */
    long queueTicket;
    /** How many sessions the server's queue served meanwhile, and the same of the backend's. */
    int serverQueuePosition;

    int backendQueuePosition;
    /** Neighbours in the list of sessions of {@link #server}. */
    Place next;

    Place previous;

    /** The server whose place it is, or that was asked for one; null if none was chosen. Thread: the session's. */
    public Server server() {
        return server;
    }

    /** How often the session has tried again to connect. Thread: the session's. */
    public int retries() {
        return retries;
    }

    /** Whether the session counts as one of a backend's. Thread: the session's. */
    public boolean isInside() {
        return pool != null;
    }

    /** Ends the session's stay: its place goes to the next. The caller has closed the connection. Idempotent. Thread: the session's. */
    public void leave() {
        if (pool != null) {
            pool.dispatcher.release(this);
            pool.leave();
            pool = null;
        }
    }

    /** For a session that asks for a place, on its own virtual thread. */
    void prepare(SessionRequest request, EventLoop loop, KillableSession session) {
        this.loop = loop;
        this.thread = Thread.currentThread();
        this.session = session;
        hasHash = request.hasHash;
        hash = request.hash;
        priorityClass = request.priorityClass;
        priorityOffsetMs = request.priorityOffsetMs;
        direct = request.direct;
        preferred = request.preferred;
        isForced = request.isForced;
        avoided = null;
        serverQueuePosition = 0;
        backendQueuePosition = 0;
    }

    void wake() {
        loop.unpark(thread);
    }
}
