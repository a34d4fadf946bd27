package dev.weir.proxy.http;

import dev.weir.proxy.Backend;
import dev.weir.proxy.ClientSession;
import dev.weir.proxy.LoopContext;
import dev.weir.proxy.SessionSource;

/** The sessions of {@code mode http} of one loop. Thread: the loop's. */
public final class HttpSessions implements SessionSource {
    private final HttpLoop loop;

    public HttpSessions(LoopContext context) {
        loop = new HttpLoop(context);
    }

    @Override
    public ClientSession create() {
        return new HttpSession(loop);
    }

    @Override
    public void upgrade(ClientSession session, Backend chosen) {
        ((HttpSession) session).upgrade(chosen);
    }

    @Override
    public void dismissIdle(int oneIn) {
        loop.idleClients.dismiss(oneIn, loop.context.scratch);
    }
}
