package dev.weir.proxy.http;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.sample.Scratch;

/**
 * Clients of a loop that wait between two requests, or before the first, and how long they may. Those with the same time limit are
 * a list in order of their deadlines, so that waiting costs no timer of its own: there is one a list. Thread: the loop's.
 */
final class IdleClients {
    private final EventLoop loop;
    private Line lines;

    IdleClients(EventLoop loop) {
        this.loop = loop;
    }

    /** The session waits from now on for at most that long (0: for ever); then {@link HttpSession#silent} is called. */
    void add(HttpSession session, long timeoutNs) {
        line(timeoutNs).add(session);
    }

    void remove(HttpSession session) {
        session.line.remove(session);
    }

    private Line line(long timeoutNs) {
        Line line = lines;
        while (line != null && line.timeoutNs != timeoutNs) {
            line = line.next;
        }
        if (line == null) {
            line = new Line(timeoutNs, lines);
            lines = line;
        }
        return line;
    }

    /**
     * In a soft stop: closes, of those that wait for another request, one in so many; a first one is still served. Frontends with
     * {@code option idle-close-on-response} keep theirs until they ask again.
     */
    void dismiss(int oneIn, Scratch random) {
        for (Line line = lines; line != null; line = line.next) {
            line.dismiss(oneIn, random);
        }
    }

    /** Those with one time limit, who waits longest first. */
    final class Line {
        private final long timeoutNs;
        private final Line next;
        private HttpSession first;
        private HttpSession last;
        private boolean isTimed;

        Line(long timeoutNs, Line next) {
            this.timeoutNs = timeoutNs;
            this.next = next;
        }

        private void add(HttpSession session) {
            session.line = this;
            session.deadlineNs = timeoutNs == 0 ? Long.MAX_VALUE : loop.nanoTime() + timeoutNs;
            session.nextIdle = null;
            session.previousIdle = last;
            if (last == null) {
                first = session;
            } else {
                last.nextIdle = session;
            }
            last = session;
            if (!isTimed && timeoutNs != 0) {
                setTimer();
            }
        }

        private void remove(HttpSession session) {
            if (session.previousIdle == null) {
                first = session.nextIdle;
            } else {
                session.previousIdle.nextIdle = session.nextIdle;
            }
            if (session.nextIdle == null) {
                last = session.previousIdle;
            } else {
                session.nextIdle.previousIdle = session.previousIdle;
            }
            session.line = null;
            session.nextIdle = null;
            session.previousIdle = null;
        }

        /** At the deadline of who is first now: when it fires there may be others, with later ones. */
        private void setTimer() {
            isTimed = true;
            loop.schedule(first.deadlineNs, this::expire);
        }

        private void expire() {
            isTimed = false;
            try {
                endSilent();
            } finally { // a fault of one must not leave the others without their limit
                if (first != null) {
                    setTimer();
                }
            }
        }

        private void endSilent() {
            while (first != null && first.deadlineNs <= loop.nanoTime()) {
                HttpSession session = first;
                remove(session);
                session.silent();
            }
        }

        private void dismiss(int oneIn, Scratch random) {
            HttpSession session = first;
            while (session != null) {
                HttpSession next = session.nextIdle;
                boolean isMeant = session.hasBeenServed() && !session.closesOnResponse();
                if (isMeant && Long.remainderUnsigned(random.randomLong(), oneIn) == 0) {
                    remove(session);
                    session.dismissed();
                }
                session = next;
            }
        }
    }
}
