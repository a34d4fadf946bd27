package dev.weir.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at all sessions of a loop, some in each of its turns, so that a loop with very many serves them meanwhile. Sessions that begin
 * after the walk did are not seen, those that end before it comes to them neither.
 *
 * <p>How the walk keeps its place: a session that leaves the loop's list, which is where the walk stands, moves it on. Threads: one
 * asks, any but a loop; the loop looks.
 */
public final class SessionWalk implements AutoCloseable {
    private static final int SESSIONS_A_TURN = 64;

    private final LoopContext context;
    private boolean isStarted;
    /** Where it goes on; null at the end. On the loop. */
    private ClientSession at;
    /** The loop's next walk. */
    SessionWalk next;

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
            at = context.begin(this);
        }
        List<SessionRow> rows = new ArrayList<>();
        int looks = 0;
        while (at != null && (looks++ < SESSIONS_A_TURN || rows.isEmpty())) {
            if (at.isActive()) {
                rows.add(at.row());
            }
            at = at.next;
        }
        return rows;
    }

    /** On the loop: a session leaves. */
    void leaves(ClientSession session) {
        if (at == session) {
            at = session.next;
        }
    }

    /** On the loop: a session's client is another's from now on. */
    void goesOn(ClientSession session, ClientSession successor) {
        if (at == session) {
            at = successor;
        }
    }

    @Override
    public void close() {
        context.loop.execute(() -> context.end(this));
    }
}
