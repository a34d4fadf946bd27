package dev.weir.proxy.http;

import dev.weir.bridge.buffer.RecentPeak;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.proxy.LoopContext;
import dev.weir.sample.ByteWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.agrona.concurrent.UnsafeBuffer;

/** What the HTTP sessions of one loop share: working memory, exchanges for reuse, clients between two requests. Thread: the loop's. */
final class HttpLoop {
    /** Beyond a head. */
    private static final int BODY_BYTES = 49152;

    private static final int REPLY_BYTES_AT_FIRST = 512;
    static final int REPLY_BYTES_MAX = 32768;

    final LoopContext context;
    final EventLoop loop;
    final IdleClients idleClients;
    /** The body of an answer of the proxy's own, while it is put together. */
    final ByteWriter replyBody = new ByteWriter(REPLY_BYTES_AT_FIRST, REPLY_BYTES_MAX);

    private final ArrayDeque<Exchange> freeExchanges = new ArrayDeque<>();
    private final RecentPeak exchanges = new RecentPeak();
    private final ArrayDeque<UnsafeBuffer> freeMessages = new ArrayDeque<>();

    HttpLoop(LoopContext context) {
        this.context = context;
        this.loop = context.loop;
        this.idleClients = new IdleClients(loop);
    }

    Exchange takeExchange() {
        exchanges.onTaken(loop.nanoTime());
        Exchange exchange = freeExchanges.pollLast();
        return exchange == null ? new Exchange(this) : exchange;
    }

    void giveBack(Exchange exchange) {
        if (exchanges.onGivenBack(freeExchanges.size())) {
            freeExchanges.addLast(exchange);
        }
    }

    /**
     * Where a message is put together; for {@link dev.weir.bridge.transport.Connection#awaitRoom} first, since there are to be few
     * of them: only a write that finds no block keeps it from the others.
     */
    UnsafeBuffer takeMessage() {
        UnsafeBuffer message = freeMessages.pollLast();
        return message == null
                ? new UnsafeBuffer(ByteBuffer.allocateDirect(loop.inputBytesMax() + BODY_BYTES))
                : message;
    }

    void giveBack(UnsafeBuffer message) {
        freeMessages.addLast(message);
    }
}
