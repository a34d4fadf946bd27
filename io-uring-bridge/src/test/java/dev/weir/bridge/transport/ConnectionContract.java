package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.ConnectionFailure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Receiving, sending, waiting and waking on one connection. */
abstract class ConnectionContract extends TransportFixture {
    @Test
    void shouldEcho() throws Exception {
        Listener listener = listen(TransportFixture::echo);

        Peer peer = connect(listener);

        peer.send("hello");
        assertThat(peer.readText(5)).isEqualTo("hello");
        peer.send(" world").halfClose();
        assertThat(peer.readTextToEnd()).isEqualTo(" world");
    }

    @Test
    void shouldEchoASlowWriterByteByByte() throws Exception {
        Listener listener = listen(TransportFixture::echo);
        Peer peer = connect(listener);
        peer.channel().setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
        byte[] sent = randomBytes(seeded("slow writer"), 2000);

        for (byte one : sent) {
            peer.send(new byte[] {one});
        }

        assertThat(peer.halfClose().readToEnd()).isEqualTo(sent);
    }

    @Test
    void shouldServeAThousandConnectionsAtOnce() throws Exception {
        Listener listener = listen(TransportFixture::echo);
        List<Peer> peers = new ArrayList<>();

        for (int i = 0; i < 1000; i++) {
            peers.add(connect(listener).send("peer %4d".formatted(i)));
        }

        for (int i = 0; i < 1000; i++) {
            assertThat(peers.get(i).readText(9)).isEqualTo("peer %4d".formatted(i));
        }
        assertThat(figures(loop()).connectionsOpen()).isEqualTo(1000);
        patiently(() -> assertThat(figures(loop()).buffersLent())
                .as("idle connections hold no buffer")
                .isZero());
    }

    @Test
    void shouldGatherInputUntilItsLimitAndLeaveTheRestToTheKernel() throws Exception {
        byte[] sent = randomBytes(seeded("gather"), 100_000);

        assertThat(loop().inputBytesMax()).isEqualTo(TransportOptions.BUFFER_BYTES_MIN);
        assertThat(gathered(loop(), sent)).isEqualTo(sent);
    }

    @Test
    void shouldGatherAsMuchAsABlockHolds() throws Exception {
        byte[] sent = randomBytes(seeded("gather much"), 1_000_000);
        TransportOptions options = new TransportOptions();
        options.bufferBytes = 300_000;
        options.buffersMax = 16;

        try (Transport large = open(options)) {
            assertThat(large.loop(0).inputBytesMax()).isEqualTo(300_000);
            assertThat(gathered(large.loop(0), sent)).isEqualTo(sent);
        }
    }

    private byte[] gathered(EventLoop loop, byte[] sent) throws Exception {
        CompletableFuture<byte[]> gathered = new CompletableFuture<>();
        Listener listener = listen(loop, loopback("127.0.0.1"), client -> {
            while (client.receive(FOREVER) > 0) {
                // Until no more is taken.
            }
            assertThat(client.available()).isEqualTo(client.inputBytesMax());
            assertThat(client.inputEnded()).isFalse();
            gathered.complete(takeToEnd(client));
        });

        connect(listener).send(sent).halfClose();

        return get(gathered);
    }

    private static byte[] takeToEnd(Connection client) throws ConnectionFailure {
        var all = new java.io.ByteArrayOutputStream();
        do {
            byte[] part = new byte[client.available()];
            client.input().getBytes(0, part);
            all.writeBytes(part);
            client.consume(part.length);
        } while (client.receive(FOREVER) != Connection.END_OF_STREAM);
        return all.toByteArray();
    }

    @Test
    void shouldKeepWhatIsNotConsumed() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        Listener listener = listen(client -> {
            String first = take(client, 3);
            int held = client.available();
            while (client.receive(FOREVER) != Connection.END_OF_STREAM) {
                // Gathers all that comes.
            }
            assertThat(client.inputEnded()).isTrue();
            assertThat(client.receive(FOREVER)).isEqualTo(Connection.END_OF_STREAM);
            assertThat(client.available()).isGreaterThanOrEqualTo(held);
            seen.complete(first + "|" + take(client, client.available()));
        });
        Peer peer = connect(listener);

        peer.send("abcde").send("fgh").halfClose();

        assertThat(get(seen)).isEqualTo("abc|defgh");
    }

    @Test
    void shouldTimeOutAReceiveAndStayUsable() throws Exception {
        CompletableFuture<Kind> timedOut = new CompletableFuture<>();
        Listener listener = listen(client -> {
            EventLoop loop = client.loop();
            Kind passed = failureOf(() -> client.receive(loop.nanoTime() - 1));
            Kind passing = failureOf(() -> client.receive(loop.nanoTime() + 20_000_000));
            timedOut.complete(passed == passing ? passing : null);
            echo(client);
        });
        Peer peer = connect(listener);

        assertThat(get(timedOut)).isEqualTo(Kind.TIMED_OUT);

        peer.send("late").halfClose();
        assertThat(peer.readTextToEnd()).isEqualTo("late");
    }

    /** Waits on a loop without stopping it. */
    static void await(CountDownLatch latch, EventLoop loop) {
        while (latch.getCount() > 0) {
            loop.parkUntil(loop.nanoTime() + 1_000_000);
        }
    }

    @Test
    void shouldTellAWatcherThatTheInputHasEnded() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        Listener listener = listen(client -> {
            client.watchInput(Thread.currentThread());
            while (!client.inputEnded()) {
                client.loop().park();
            }
            seen.complete(take(client, client.available()) + client.inputFailed());
        });

        connect(listener).send("last words").halfClose();

        assertThat(get(seen)).isEqualTo("last wordsfalse");
    }

    @Test
    void shouldTellAWatcherThatTheInputHasFailed() throws Exception {
        CompletableFuture<Kind> seen = new CompletableFuture<>();
        CountDownLatch watching = new CountDownLatch(1);
        Listener listener = listen(client -> {
            client.watchInput(Thread.currentThread());
            watching.countDown();
            while (!client.inputFailed()) {
                client.loop().park();
            }
            seen.complete(failureOf(() -> client.receive(FOREVER)));
        });

        Peer peer = connect(listener);
        watching.await();
        peer.reset();

        assertThat(get(seen)).isEqualTo(Kind.RESET);
    }

    @Test
    void shouldStopReceivingWhenTheCallerLosesInterestAndGoOnLater() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        CountDownLatch aborted = new CountDownLatch(1);
        Listener listener = listen(client -> {
            boolean[] isAbandoned = new boolean[1];
            Thread receiving = Thread.currentThread();
            client.loop().execute(() -> {
                isAbandoned[0] = true;
                client.loop().unpark(receiving);
            });
            Kind kind = failureOf(() -> client.receive(FOREVER, () -> isAbandoned[0]));
            aborted.countDown();
            seen.complete(kind + take(client, 4));
        });

        Peer peer = connect(listener);
        aborted.await();
        peer.send("more");

        assertThat(get(seen)).isEqualTo("KILLEDmore");
    }

    @Test
    void shouldReceiveAfterItWatched() throws Exception {
        Listener listener = listen(client -> {
            client.watchInput(Thread.currentThread());
            // Some of it may be held already: what receives waits for more than that.
            send(client, take(client, 7));
            echo(client);
        });

        Peer peer = connect(listener).send("watched");

        assertThat(peer.readText(7)).isEqualTo("watched");
        assertThat(peer.halfClose().readTextToEnd()).isEmpty();
    }

    @Test
    void shouldTimeOutASendToAPeerThatDoesNotRead() throws Exception {
        CompletableFuture<Kind> timedOut = new CompletableFuture<>();
        UnsafeBuffer much = new UnsafeBuffer(new byte[32 << 20]);
        Listener listener = listen(client -> {
            long deadlineNs = client.loop().nanoTime() + 50_000_000;
            timedOut.complete(failureOf(() -> client.send(much, 0, much.capacity(), deadlineNs)));
            client.reset();
        });

        connect(listener);

        assertThat(get(timedOut)).isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void shouldSendFromAnyKindOfBuffer() throws Exception {
        byte[] bytes = randomBytes(seeded("buffers"), 200_000);
        Listener listener = listen(client -> {
            client.send(new UnsafeBuffer(bytes), 10, 50_000, FOREVER);
            var direct = java.nio.ByteBuffer.allocateDirect(bytes.length).put(bytes);
            client.send(new UnsafeBuffer(direct), 50_010, bytes.length - 50_010, FOREVER);
            client.send(new UnsafeBuffer(direct), 0, 0, FOREVER);
        });

        byte[] got = connect(listener).readToEnd();

        assertThat(got).isEqualTo(java.util.Arrays.copyOfRange(bytes, 10, bytes.length));
    }

    @Test
    void shouldFailWhatAKilledConnectionWaitsFor() throws Exception {
        AtomicReference<Connection> waiting = new AtomicReference<>();
        CompletableFuture<List<Kind>> kinds = new CompletableFuture<>();
        Listener listener = listen(client -> {
            waiting.set(client);
            Kind first = failureOf(() -> client.receive(FOREVER));
            Kind second = failureOf(() -> client.receive(FOREVER));
            Kind third = failureOf(() -> send(client, "x"));
            kinds.complete(List.of(first, second, third));
        });
        connect(listener);
        patiently(() -> assertThat(waiting.get()).isNotNull());

        waiting.get().kill();

        assertThat(get(kinds)).containsExactly(Kind.KILLED, Kind.KILLED, Kind.KILLED);
    }

    @Test
    void shouldFailASendThatIsKilled() throws Exception {
        AtomicReference<Connection> waiting = new AtomicReference<>();
        CompletableFuture<Kind> kind = new CompletableFuture<>();
        UnsafeBuffer much = new UnsafeBuffer(new byte[32 << 20]);
        Listener listener = listen(client -> {
            waiting.set(client);
            kind.complete(failureOf(() -> client.send(much, 0, much.capacity(), FOREVER)));
            client.reset();
        });
        connect(listener).readBytes(1000);

        waiting.get().kill();

        assertThat(get(kind)).isEqualTo(Kind.KILLED);
    }

    @Test
    void shouldSurviveKillsAtAnyMoment() throws Exception {
        Random random = seeded("kill races");
        AtomicInteger ended = new AtomicInteger();
        int sessions = 300;
        Listener listener = listen(client -> {
            long killAfter = random.nextInt(4);
            beside(() -> {
                for (long spun = 0; spun < killAfter * 10_000; spun++) {
                    Thread.onSpinWait();
                }
                client.kill();
                return null;
            });
            Kind kind = failureOf(() -> chatter(client));
            assertThat(kind).isIn(Kind.KILLED, Kind.TIMED_OUT, Kind.RESET, Kind.BROKEN_PIPE);
            ended.incrementAndGet();
        });

        for (int i = 0; i < sessions; i++) {
            Peer peer = Peer.connect(listener);
            peer.send(new byte[1 + random.nextInt(3000)]);
            if (random.nextBoolean()) {
                peer.reset();
            } else {
                closing(peer);
            }
        }

        patiently(() -> assertThat(ended).hasValue(sessions));
    }

    /** Never ends well: the peer stays silent after its first bytes. */
    private static void chatter(Connection client) throws ConnectionFailure {
        while (client.receive(client.loop().nanoTime() + 3_000_000) != Connection.END_OF_STREAM) {
            client.send(client.input(), 0, client.available(), FOREVER);
            client.consume(client.available());
        }
        throw new ConnectionFailure(Kind.RESET, 0, "ended");
    }

    @Test
    void shouldWakeAParkedThreadFromAnotherThread() throws Exception {
        int rounds = 2000;
        AtomicLong ball = new AtomicLong();
        EventLoop loop = loop();
        CompletableFuture<Thread> player = new CompletableFuture<>();
        CompletableFuture<String> done = onLoop(loop, () -> {
            player.complete(Thread.currentThread());
            for (int i = 0; i < rounds; i++) {
                while (ball.get() != 2L * i + 1) {
                    loop.park();
                }
                ball.incrementAndGet();
            }
            return "done";
        });
        Thread thread = get(player);

        for (int i = 0; i < rounds; i++) {
            ball.incrementAndGet();
            loop.unpark(thread);
            long expected = 2L * i + 2;
            while (ball.get() != expected) {
                Thread.onSpinWait();
            }
        }

        assertThat(get(done)).isEqualTo("done");
    }

    @Test
    void shouldFireTimersInOrderAndNotTheCancelled() throws Exception {
        EventLoop loop = loop();
        List<Integer> fired = new java.util.concurrent.CopyOnWriteArrayList<>();

        loop.execute(() -> {
            long now = loop.nanoTime();
            loop.schedule(now + 30_000_000, () -> fired.add(30));
            loop.schedule(now + 10_000_000, () -> fired.add(10));
            EventLoop.Timer cancelled = loop.schedule(now + 15_000_000, () -> fired.add(15));
            loop.schedule(now + 20_000_000, () -> fired.add(20));
            cancelled.cancel();
            cancelled.cancel();
        });

        patiently(() -> assertThat(fired).containsExactly(10, 20, 30));
    }

    @Test
    void shouldKillAConnectionInWhoseEventsSomethingOfOursGoesWrong() throws Exception {
        CompletableFuture<Kind> failure = new CompletableFuture<>();
        Listener listener = listen(client -> client.whenReadable(() -> {
            client.loop().start(() -> failure.complete(failureOfReceive(client)));
            throw new IllegalStateException("injected");
        }));

        Peer peer = connect(listener).send("hello");

        assertThat(get(failure)).isIn(Kind.KILLED, Kind.CLOSED);
        expectNoMore(peer);
        assertThat(logLines.removeIf(line -> line.contains("internal error") && line.contains("injected")))
                .as("the fault was said")
                .isTrue();
    }

    private static Kind failureOfReceive(Connection client) {
        try {
            client.consume(client.available());
            while (client.receive(FOREVER) >= 0) {
                client.consume(client.available());
            }
            return null;
        } catch (ConnectionFailure e) {
            return client.isKilled() ? e.kind() : null;
        } finally {
            client.close();
        }
    }
}
