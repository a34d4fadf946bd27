package dev.weir.bridge.transport.uring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Forward;
import dev.weir.bridge.transport.LoopFigures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * What an exchange as of HTTP costs: a request is received and written on, a response's head written and its body forwarded, by
 * a virtual thread that waits with deadlines. In steady state it makes no garbage, and enters the kernel once a direction.
 */
class ExchangeCostTest extends PairFixture {
    private static final int EXCHANGES = 5_000;
    private static final long LIMIT_NS = 60_000_000_000L;
    private static final int HEAD_BYTES = 100;

    private volatile int bodyBytes;
    /** Sessions let both sides speak while they wait for the other. */
    private volatile boolean watches;

    @Override
    void serve(Connection client, Endpoint endpoint) {
        EventLoop loop = client.loop();
        UnsafeBuffer head = new UnsafeBuffer(ByteBuffer.allocateDirect(HEAD_BYTES));
        Forward body = new Forward();
        body.sourceIdleNs = LIMIT_NS;
        body.targetIdleNs = LIMIT_NS;
        try {
            Connection server = loop.connect(endpoint, new ConnectOptions(), Long.MAX_VALUE);
            while (receive(client, HEAD_BYTES)) {
                if (watches) {
                    client.watchInput(Thread.currentThread());
                    server.watchInput(Thread.currentThread());
                }
                server.write(client.input(), 0, HEAD_BYTES, loop.nanoTime() + LIMIT_NS);
                client.consume(HEAD_BYTES);
                if (!receive(server, HEAD_BYTES)) {
                    break;
                }
                server.input().getBytes(0, head, 0, HEAD_BYTES);
                server.consume(HEAD_BYTES);
                client.write(head, 0, HEAD_BYTES, loop.nanoTime() + LIMIT_NS);
                loop.forward(server, client, body.want(bodyBytes));
            }
            server.close();
        } catch (ConnectionFailure e) {
            throw new AssertionError(e);
        }
    }

    private static boolean receive(Connection connection, int bytes) throws ConnectionFailure {
        while (connection.available() < bytes) {
            if (connection.receive(connection.loop().nanoTime() + LIMIT_NS) == Connection.END_OF_STREAM) {
                return false;
            }
        }
        return true;
    }

    @Test
    void shouldExchangeSmallMessagesWithoutGarbage() throws Exception {
        bodyBytes = 13;

        assertAllocatesNothing(1, EXCHANGES);
    }

    @Test
    void shouldExchangeSmallMessagesOfManyWithoutGarbage() throws Exception {
        bodyBytes = 13;

        assertAllocatesNothing(32, EXCHANGES);
    }

    @Test
    void shouldForwardBodiesOfSeveralBlocksWithoutGarbage() throws Exception {
        bodyBytes = 100_000;

        assertAllocatesNothing(2, EXCHANGES);
    }

    @Test
    void shouldEnterTheKernelOnceADirection() throws Exception {
        bodyBytes = 13;
        List<Pair> pairs = List.of(open());
        exchange(pairs, 100);

        LoopFigures before = figures();
        exchange(pairs, EXCHANGES);
        LoopFigures after = figures();

        // One to hear of the request and submit what goes on, one for the response; a few by timers and by the counting
        // itself.
        assertThat(after.kernelEntries() - before.kernelEntries()).isLessThan(2 * EXCHANGES + EXCHANGES / 20);
        assertThat(after.completions() - before.completions()).isLessThan(2 * EXCHANGES + EXCHANGES / 20);
        assertThat(after.submissions() - before.submissions()).isLessThan(4 * EXCHANGES + EXCHANGES / 20);
    }

    @Test
    void shouldNotAskForEachMessageOfWhoMaySpeakAtAnyTime() throws Exception {
        bodyBytes = 13;
        watches = true;
        List<Pair> pairs = List.of(open());
        exchange(pairs, 100);

        long before = figures().submissions();
        exchange(pairs, EXCHANGES);

        // Two sends; a receive is good for as many messages as fit into a connection's input.
        assertThat(figures().submissions() - before).isLessThan(2 * EXCHANGES + EXCHANGES / 10);
    }

    private LoopFigures figures() throws Exception {
        CompletableFuture<LoopFigures> figures = new CompletableFuture<>();
        loop().execute(() -> figures.complete(loop().figures()));
        return figures.get(30, TimeUnit.SECONDS);
    }

    /** All pairs ask, then all answer. */
    @Override
    void exchange(List<Pair> pairs, int count) throws IOException {
        for (int done = 0; done < count; done += pairs.size()) {
            for (Pair pair : pairs) {
                write(pair.client(), HEAD_BYTES);
            }
            for (Pair pair : pairs) {
                read(pair.server(), HEAD_BYTES);
                write(pair.server(), HEAD_BYTES + bodyBytes);
            }
            for (Pair pair : pairs) {
                read(pair.client(), HEAD_BYTES + bodyBytes);
            }
        }
    }
}
