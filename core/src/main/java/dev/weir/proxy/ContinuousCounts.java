package dev.weir.proxy;

/**
 * {@code option contstats}: every five seconds the sessions of a loop whose frontends want it count what they have moved since, some
 * sessions in each of its turns. Thread: the loop's.
 */
final class ContinuousCounts {
    private static final long PERIOD_NS = 5_000_000_000L;
    private static final int SESSIONS_A_TURN = 64;

    private final LoopContext context;
    private final SessionCursor cursor = new SessionCursor();
    private boolean isWanted;
    private boolean isRunning;

    ContinuousCounts(LoopContext context) {
        this.context = context;
    }

    /** Whether some frontend of the configuration in force wants it. */
    void want(boolean isWanted) {
        this.isWanted = isWanted;
        if (isWanted && !isRunning) {
            isRunning = true;
            sleep();
        }
    }

    private void sleep() {
        context.loop.schedule(context.loop.nanoTime() + PERIOD_NS, this::begin);
    }

    private void begin() {
        if (isWanted) {
            context.begin(cursor);
            look();
        } else {
            isRunning = false;
        }
    }

    private void look() {
        for (int looks = 0; looks < SESSIONS_A_TURN && cursor.at != null; looks++) {
            ClientSession session = cursor.at;
            cursor.at = session.next;
            if (session.isActive() && session.frontend.countsContinuously) {
                session.countSoFar();
            }
        }
        if (cursor.at == null) {
            context.end(cursor);
            sleep();
        } else {
            context.loop.execute(this::look);
        }
    }
}
