package dev.weir.proxy.http;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.proxy.LoopContext;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.agrona.concurrent.UnsafeBuffer;

/** What the HTTP sessions of one loop share: working memory, exchanges for reuse, clients between two requests. Thread: the loop's. */
final class HttpLoop {
    private static final int EXCHANGES_KEPT = 256;
    private static final int MESSAGE_BYTES_MAX = 65536;

    final LoopContext context;
    final EventLoop loop;
    /** Where a message is put together; nobody parks while something is in it. */
    final UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(MESSAGE_BYTES_MAX));

    final IdleClients idleClients;
    private final ArrayDeque<Exchange> freeExchanges = new ArrayDeque<>();

    HttpLoop(LoopContext context) {
        this.context = context;
        this.loop = context.loop;
        this.idleClients = new IdleClients(loop);
    }

    Exchange takeExchange() {
        Exchange exchange = freeExchanges.pollLast();
        return exchange == null ? new Exchange(this) : exchange;
    }

    void giveBack(Exchange exchange) {
        if (freeExchanges.size() < EXCHANGES_KEPT) {
            freeExchanges.addLast(exchange);
        }
    }
}
