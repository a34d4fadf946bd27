package dev.weir.bridge.transport.uring;

/**
 * The end of a connection: what was written still leaves after the close, within its time, unless the connection is reset or falls
 * silent. The slot is released when the socket is closed and the last completion is in.
 */
abstract class RingEnd extends RingOutput {
    private final int family;
    /** Closed for its session, but what it wrote has not left yet. */
    private boolean lingering;

    private boolean resetsAtEnd;
    private LingerLimit lingerLimit;

    RingEnd(UringEventLoop loop, int fd, int family, int slot, int generation) {
        super(loop, fd, slot, generation);
        this.family = family;
    }

    /** The socket's address family, an {@code AF_} constant. */
    final int family() {
        return family;
    }

    // ---- for sessions ----

    public final void close() {
        if (!isOpen()) {
            closeInput(); // kept for the session when the loop's end closed the connection
            return;
        }
        // The kernel itself resets only for what it has not yet handed over.
        resetsAtEnd = available() > 0 || loop.isEnding();
        if (hasUnsent() && outputFailure() == 0 && !loop.isEnding()) {
            linger();
        } else {
            closeNow();
        }
    }

    public final void reset() {
        if (isOpen()) {
            resetKeepingInput();
            closeInput();
        }
    }

    public final void silentDrop(int ttl) {
        if (isOpen()) {
            loop.sockets().silence(fd, family, ttl);
            closeSocket(true);
            closeInput();
        }
    }

    // ---- lingering ----

    final boolean isLingering() {
        return lingering;
    }

    /** For its session it is closed; what was written still leaves, until its deadline. */
    private void linger() {
        lingering = true;
        forgetUsers();
        closeInput();
        cancelReceive();
        awaitOutput();
        if (outputDeadlineNs() != Long.MAX_VALUE) {
            lingerLimit = new LingerLimit();
            loop.armTimer(lingerLimit, outputDeadlineNs());
        }
    }

    final void endLingerWhenDone() {
        if (!hasUnsent()) {
            if (lingerLimit != null) {
                loop.disarmTimer(lingerLimit);
            }
            closeNow();
        }
    }

    final void breakOffLinger() {
        resetsAtEnd = true;
        closeNow();
    }

    /** Until when what was written has to leave after the close. */
    private final class LingerLimit extends UringEventLoop.Timeout {
        @Override
        RingSocket dependent() {
            return RingEnd.this;
        }

        @Override
        protected void fire() {
            if (lingering) {
                breakOffLinger();
            }
        }
    }

    // ---- closing ----

    private void closeNow() {
        if (resetsAtEnd) {
            loop.sockets().lingerZero(fd);
        }
        closeSocket(false);
        closeInput();
    }

    /** What was received stays, for a session that looks at it afterwards. */
    final void resetKeepingInput() {
        loop.sockets().lingerZero(fd);
        stopAsking();
        closeSocket(false);
    }

    /** @param atOnce not only with the next kernel entry: what the peer says from now on finds nobody */
    private void closeSocket(boolean atOnce) {
        forgetUsers();
        lingering = false;
        forgetOutput();
        if (atOnce && isQuiet()) {
            loop.kernel().close(fd);
        } else {
            cancelAll();
            submitClose();
        }
        loop.connections().onClosed();
        releaseWhenQuiet();
    }

    private void forgetUsers() {
        markClosed();
        stopWatching();
    }

    /** Nobody wants to be told any more of what comes in. */
    abstract void stopWatching();

    final void releaseWhenQuiet() {
        if (!isOpen() && !lingering && isQuiet()) {
            loop.connections().release(slot);
        }
    }
}
