package dev.weir.server;

import dev.weir.bridge.transport.EventLoop;

/** A server's connections that wait for a request: each loop has its own. Any thread; figures may lag. */
public final class IdleByLoop {
    private final Server server;
    /** Each is made by its loop. */
    private final IdleConnections[] loops;

    IdleByLoop(Server server, int loopCount) {
        this.server = server;
        this.loops = new IdleConnections[loopCount];
    }

    /** Those of a loop; on that loop. */
    IdleConnections of(EventLoop loop) {
        IdleConnections ofLoop = loops[loop.index()];
        if (ofLoop == null) {
            ofLoop = new IdleConnections(server, loop);
            loops[loop.index()] = ofLoop;
        }
        return ofLoop;
    }

    /** How many there are on all loops. */
    public int count() {
        int sum = 0;
        for (IdleConnections ofLoop : loops) {
            sum += ofLoop == null ? 0 : ofLoop.idle();
        }
        return sum;
    }

    /** What connections for HTTP there are on all loops. */
    public ConnectionFigures figures() {
        int idle = 0;
        int proven = 0;
        int used = 0;
        int expected = 0;
        for (IdleConnections ofLoop : loops) {
            if (ofLoop != null) {
                idle += ofLoop.idle();
                proven += ofLoop.idleProven();
                used += ofLoop.used();
                expected += ofLoop.expected();
            }
        }
        return new ConnectionFigures(idle - proven, proven, used, expected);
    }

    /** How many wait on one loop. */
    public int count(int loopIndex) {
        IdleConnections ofLoop = loops[loopIndex];
        return ofLoop == null ? 0 : ofLoop.idle();
    }

    /** One that waits on some other loop goes, sooner or later: a session's next attempt may find room for its own. */
    void askForRoom() {
        for (IdleConnections ofLoop : loops) {
            if (ofLoop != null && ofLoop.idle() > 0) {
                ofLoop.askToCloseOne();
                return;
            }
        }
    }

    /** No request shall go over a connection that waits now. */
    void closeAll() {
        for (IdleConnections ofLoop : loops) {
            if (ofLoop != null) {
                ofLoop.closeAll();
            }
        }
    }
}
