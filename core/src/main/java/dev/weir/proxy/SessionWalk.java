package dev.weir.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at all sessions of a loop, some in each of its turns, so that a loop with very many serves them meanwhile. Threads: one asks,
 * any but a loop; the loop looks.
 */
public final class SessionWalk implements AutoCloseable {
    private static final int SESSIONS_A_TURN = 64;

    private final LoopContext context;
    private boolean isStarted;
    /** Where it goes on. */
    private final SessionCursor cursor = new SessionCursor();

    SessionWalk(LoopContext context) {
        this.context = context;
    }

    /**
     * The next few; empty at the end. Completes when the loop has its turn.
     */
    public CompletableFuture<List<SessionRow>> rows() {
        CompletableFuture<List<SessionRow>> rows = new CompletableFuture<>();
        context.loop.execute(() -> rows.complete(look()));
        return rows;
    }

    private List<SessionRow> look() {
        if (!isStarted) {
            isStarted = true;
            context.begin(cursor);
        }
        List<SessionRow> rows = new ArrayList<>();
        int looks = 0;
        while (cursor.at != null && (looks++ < SESSIONS_A_TURN || rows.isEmpty())) {
            if (cursor.at.isActive()) {
                rows.add(cursor.at.row());
            }
            cursor.at = cursor.at.next;
        }
        return rows;
    }

    @Override
    public void close() {
        context.loop.execute(() -> context.end(cursor));
    }
}
