package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.ConnectionFailure.Kind;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Writing without waiting, and hearing of input without a virtual thread. */
abstract class WritingContract extends ConnectionContract {
    /** More than every socket buffer between us and a peer that does not read. */
    private static final int MUCH = 32 << 20;

    private static void write(Connection connection, String text) throws ConnectionFailure {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        connection.write(new UnsafeBuffer(bytes), 0, bytes.length, FOREVER);
    }

    @Test
    void shouldDeliverWhatWasWrittenInOrder() throws Exception {
        byte[] bytes = randomBytes(seeded("written"), 3_000_000);
        Listener listener = listen(client -> {
            UnsafeBuffer source = new UnsafeBuffer(bytes);
            java.util.Random sizes = new java.util.Random(bytes[0]);
            for (int written = 0; written < bytes.length; ) {
                int part = Math.min(bytes.length - written, 1 + sizes.nextInt(sizes.nextBoolean() ? 100 : 100_000));
                client.write(source, written, part, FOREVER);
                written += part;
            }
        });

        assertThat(connect(listener).readToEnd()).isEqualTo(bytes);
    }

    @Test
    void shouldLetTheBytesBeReusedAtOnce() throws Exception {
        Listener listener = listen(client -> {
            UnsafeBuffer reused = new UnsafeBuffer(new byte[1]);
            for (char c = 'a'; c <= 'z'; c++) {
                reused.putByte(0, (byte) c);
                client.write(reused, 0, 1, FOREVER);
            }
        });

        assertThat(connect(listener).readTextToEnd()).isEqualTo("abcdefghijklmnopqrstuvwxyz");
    }

    @Test
    void shouldAnswerARequestWithSeveralWritesAndWaitForTheNext() throws Exception {
        Listener listener = listen(client -> {
            while (client.receive(FOREVER) != Connection.END_OF_STREAM) {
                write(client, "head:");
                client.write(client.input(), 0, client.available(), FOREVER);
                client.consume(client.available());
            }
        });
        Peer peer = connect(listener);

        for (int i = 0; i < 100; i++) {
            assertThat(peer.send("body").readText(9)).isEqualTo("head:body");
        }
    }

    @Test
    void shouldTellWhoReceivesWhenWhatWasUnsentHasLeft() throws Exception {
        CountDownLatch filled = new CountDownLatch(1);
        CompletableFuture<Integer> unsent = new CompletableFuture<>();
        UnsafeBuffer chunk = new UnsafeBuffer(new byte[Connection.INPUT_BYTES_MAX]);
        Listener listener = listen(loop(), narrow(), client -> {
            while (client.unsent() < Connection.OUTPUT_BYTES_MAX) {
                client.write(chunk, 0, chunk.capacity(), FOREVER);
                client.loop().parkUntil(client.loop().nanoTime() + 1);
            }
            filled.countDown();
            client.watchOutput();
            assertThat(failureOf(() -> client.receive(FOREVER, () -> client.unsent() == 0)))
                    .isEqualTo(Kind.KILLED);
            unsent.complete(client.unsent());
        });
        Peer peer = connect(listener);
        filled.await();

        assertThat(peer.readToEnd()).isNotEmpty();

        assertThat(get(unsent)).isZero();
    }

    @Test
    void shouldNotWaitForAPeerThatReadsLittle() throws Exception {
        CompletableFuture<Integer> unsent = new CompletableFuture<>();
        CountDownLatch written = new CountDownLatch(1);
        byte[] bytes = randomBytes(seeded("little"), 200_000);
        Listener listener = listen(loop(), narrow(), client -> {
            for (int i = 0; i < 4; i++) {
                client.write(new UnsafeBuffer(bytes), i * 50_000, 50_000, FOREVER);
            }
            unsent.complete(client.unsent());
            await(written, client.loop());
        });
        Peer peer = closing(Peer.connectNarrow(listener, 4096));

        peer.readBytes(1);
        patiently(() ->
                assertThat(unsent.isDone() || figures(loop()).buffersLent() > 0).isTrue());
        byte[] rest = peer.readBytes(bytes.length - 1);
        written.countDown();

        assertThat(rest).isEqualTo(Arrays.copyOfRange(bytes, 1, bytes.length));
        assertThat(get(unsent)).isLessThanOrEqualTo(Connection.OUTPUT_BYTES_MAX + 16384);
    }

    private static ListenOptions narrow() throws Exception {
        ListenOptions options = loopback("127.0.0.1");
        options.socket.sendBufferBytes = 16384;
        return options;
    }

    @Test
    void shouldHoldUpWhoWritesToAPeerThatDoesNotRead() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        Listener listener = listen(client -> {
            UnsafeBuffer much = new UnsafeBuffer(new byte[MUCH]);
            long deadlineNs = client.loop().nanoTime() + 50_000_000;
            Kind kind = failureOf(() -> client.write(much, 0, MUCH, deadlineNs));
            seen.complete(kind + " " + (client.unsent() <= Connection.OUTPUT_BYTES_MAX + 16384));
            client.reset();
        });

        connect(listener);

        assertThat(get(seen)).isEqualTo("TIMED_OUT true");
    }

    @Test
    void shouldSurfaceAFailureOfWhatWasWritten() throws Exception {
        CompletableFuture<Kind> kind = new CompletableFuture<>();
        CountDownLatch gone = new CountDownLatch(1);
        Listener listener = listen(client -> {
            write(client, "x");
            client.flush(FOREVER);
            await(gone, client.loop());
            kind.complete(failureOf(() -> {
                while (true) {
                    write(client, "into nowhere");
                    client.loop().parkUntil(client.loop().nanoTime() + 1_000_000);
                }
            }));
        });
        Peer peer = connect(listener);
        peer.readText(1);

        peer.reset();
        gone.countDown();

        assertThat(get(kind)).isIn(Kind.RESET, Kind.BROKEN_PIPE);
    }

    @Test
    void shouldReadWhatAPeerSaidBeforeItStoppedToListen() throws Exception {
        CompletableFuture<String> last = new CompletableFuture<>();
        CountDownLatch gone = new CountDownLatch(1);
        Listener listener = listen(client -> {
            await(gone, client.loop());
            write(client, "nobody reads this");
            last.complete(take(client, 10));
        });
        Peer peer = connect(listener);

        peer.send("last words").halfClose();
        gone.countDown();

        assertThat(get(last)).isEqualTo("last words");
    }

    @Test
    void shouldHalfCloseAfterWhatWasWritten() throws Exception {
        byte[] bytes = randomBytes(seeded("half-close"), 1_000_000);
        Listener listener = listen(client -> {
            client.write(new UnsafeBuffer(bytes), 0, bytes.length, FOREVER);
            client.shutdownOutput();
            client.shutdownOutput();
            assertThat(client.receive(FOREVER)).isEqualTo(Connection.END_OF_STREAM);
        });
        Peer peer = connect(listener);

        assertThat(peer.readToEnd()).isEqualTo(bytes);
        peer.halfClose();
    }

    @Test
    void shouldDeliverWhatWasWrittenBeforeTheClose() throws Exception {
        byte[] bytes = randomBytes(seeded("close"), 60_000);
        CountDownLatch closed = new CountDownLatch(1);
        Listener listener = listen(loop(), narrow(), client -> {
            client.write(new UnsafeBuffer(bytes), 0, bytes.length, FOREVER);
            client.close();
            assertThat(client.isOpen()).isFalse();
            closed.countDown();
        });
        Peer peer = closing(Peer.connectNarrow(listener, 4096));

        closed.await();

        assertThat(peer.readToEnd()).isEqualTo(bytes);
    }

    @Test
    void shouldResetAClosedConnectionWhosePeerDoesNotReadInTime() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Listener listener = listen(loop(), narrow(), client -> {
            long deadlineNs = client.loop().nanoTime() + 30_000_000;
            UnsafeBuffer much = new UnsafeBuffer(new byte[MUCH]);
            assertThat(failureOf(() -> client.write(much, 0, MUCH, deadlineNs))).isEqualTo(Kind.TIMED_OUT);
            client.close();
            closed.countDown();
        });
        Peer peer = closing(Peer.connectNarrow(listener, 4096));
        closed.await();

        patiently(() -> assertThat(figures(loop()).connectionsOpen()).isZero());

        assertThat(peer.isReset()).isTrue();
    }

    @Test
    void shouldDropWhatLingersWhenItIsKilled() throws Exception {
        AtomicReference<Connection> lingering = new AtomicReference<>();
        CountDownLatch closed = new CountDownLatch(1);
        Listener listener = listen(loop(), narrow(), client -> {
            UnsafeBuffer much = new UnsafeBuffer(new byte[MUCH]);
            failureOf(() -> client.write(much, 0, MUCH, client.loop().nanoTime() + 10_000_000));
            client.write(much, 0, 0, FOREVER);
            client.close();
            lingering.set(client);
            closed.countDown();
        });
        closing(Peer.connectNarrow(listener, 4096));
        closed.await();

        lingering.get().kill();

        patiently(() -> assertThat(figures(loop()).connectionsOpen()).isZero());
    }

    @Test
    void shouldCloseTheTransportWhileSomethingLingers() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Listener listener = listen(loop(), narrow(), client -> {
            UnsafeBuffer much = new UnsafeBuffer(new byte[60_000]);
            client.write(much, 0, much.capacity(), FOREVER);
            client.close();
            closed.countDown();
        });
        Peer peer = closing(Peer.connectNarrow(listener, 4096));
        closed.await();

        transport.close();
        transport = null;

        assertThat(peer.isReset()).isTrue();
    }

    @Test
    void shouldForgetWhatWasWrittenWhenItIsReset() throws Exception {
        Listener listener = listen(client -> {
            write(client, "never mind");
            client.reset();
        });

        assertThat(connect(listener).isReset()).isTrue();
    }

    @Test
    void shouldRelayAfterWhatWasWritten() throws Exception {
        byte[] first = randomBytes(seeded("before the relay"), 2_000_000);
        Origin origin = origin(peer -> {
            peer.send("from the server");
            peer.readToEnd();
        });
        Listener listener = listen(client -> {
            Connection server = client.loop().connect(origin.endpoint(), new ConnectOptions(), FOREVER);
            client.write(new UnsafeBuffer(first), 0, first.length, FOREVER);
            client.loop().relay(client, server, new Relay());
            server.close();
        });
        Peer peer = connect(listener);

        assertThat(peer.readBytes(first.length)).isEqualTo(first);
        assertThat(peer.halfClose().readTextToEnd()).isEqualTo("from the server");
    }

    @Test
    void shouldWriteToManyWithFewBuffers() throws Exception {
        TransportOptions options = new TransportOptions();
        options.buffersMax = 4;
        start(options);
        byte[] bytes = randomBytes(seeded("few buffers"), 300_000);
        Listener listener = listen(client -> client.write(new UnsafeBuffer(bytes), 0, bytes.length, FOREVER));
        java.util.List<CompletableFuture<byte[]>> reading = new java.util.ArrayList<>();

        for (int i = 0; i < 32; i++) {
            Peer peer = connect(listener);
            reading.add(beside(peer::readToEnd));
        }

        for (CompletableFuture<byte[]> one : reading) {
            assertThat(get(one)).isEqualTo(bytes);
        }
    }

    // ---- input without a virtual thread ----

    @Test
    void shouldServeAConnectionWhoseThreadHasLeft() throws Exception {
        AtomicInteger served = new AtomicInteger();
        Listener listener = listen(client -> serveOne(client, served));
        Peer peer = connect(listener);

        for (int i = 0; i < 100; i++) {
            assertThat(peer.send("ping").readText(4)).isEqualTo("ping");
            patiently(() -> assertThat(figures(loop()).virtualThreads()).isZero());
        }

        assertThat(served).hasValue(100);
        peer.halfClose();
        assertThat(peer.readTextToEnd()).isEmpty();
    }

    /** What comes while nobody waits may fill a block behind one that is not full. */
    @Test
    void shouldShowAllThatItSaysItHoldsWhateverCameInBetween() throws Exception {
        byte[] bytes = randomBytes(seeded("ahead"), 60_000);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        Listener listener = listen(client -> client.whenReadable(() -> {
            begun.countDown();
            client.loop().start(() -> received.complete(takeBySight(client, bytes.length)));
        }));

        Peer peer = connect(listener).send(bytes, 0, 200);
        begun.await();
        peer.send(bytes, 200, bytes.length - 200);

        assertThat(get(received)).isEqualTo(bytes);
    }

    /** Looks at as much as a connection holds before it takes any of it. */
    private static byte[] takeBySight(Connection client, int count) {
        byte[] taken = new byte[count];
        int at = 0;
        try {
            while (at < count) {
                while (client.available() < Math.min(count - at, Connection.INPUT_BYTES_MAX)) {
                    client.receive(FOREVER);
                }
                int held = client.available();
                client.input().getBytes(0, taken, at, held);
                client.consume(held);
                at += held;
            }
        } catch (ConnectionFailure failure) {
            throw new AssertionError(failure);
        }
        client.close();
        return taken;
    }

    /** A session a message: each leaves when it has answered. */
    private static void serveOne(Connection client, AtomicInteger served) {
        try {
            if (client.available() == 0 && client.receive(FOREVER) == Connection.END_OF_STREAM) {
                client.close();
                return;
            }
            served.incrementAndGet();
            client.write(client.input(), 0, client.available(), FOREVER);
            client.consume(client.available());
            client.whenReadable(() -> client.loop().start(() -> serveOne(client, served)));
        } catch (ConnectionFailure e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldTellATaskOfTheEndAndOfAReset() throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        CompletableFuture<String> failed = new CompletableFuture<>();
        CountDownLatch both = new CountDownLatch(2);
        Listener listener = listen(client -> {
            CompletableFuture<String> told = both.getCount() == 2 ? ended : failed;
            client.whenReadable(() -> {
                told.complete(client.available() + " " + client.inputEnded() + " " + client.inputFailed());
                client.close();
            });
            both.countDown();
        });
        Peer ending = connect(listener);
        patiently(() -> assertThat(both.getCount()).isEqualTo(1));
        Peer resetting = connect(listener);
        both.await();

        ending.halfClose();
        resetting.reset();

        assertThat(get(ended)).isEqualTo("0 true false");
        assertThat(get(failed)).isEqualTo("0 false true");
    }

    @Test
    void shouldRefuseATaskWhenThereIsSomethingAlready() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        Listener listener = listen(client -> {
            client.receive(FOREVER);
            boolean first = client.whenReadable(() -> {
                throw new AssertionError("was not kept");
            });
            client.consume(client.available());
            while (client.receive(FOREVER) != Connection.END_OF_STREAM) {
                client.consume(client.available());
            }
            boolean second = client.whenReadable(() -> {
                throw new AssertionError("was not kept");
            });
            seen.complete(first + " " + second);
        });

        connect(listener).send("early").halfClose();

        assertThat(get(seen)).isEqualTo("false false");
    }

    @Test
    void shouldForgetATaskThatIsTakenBack() throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        Listener listener = listen(client -> {
            Runnable never = () -> {
                throw new AssertionError("was taken back");
            };
            client.whenReadable(never);
            client.whenReadable(null);
            client.whenReadable(never);
            received.complete(take(client, 5));
        });

        connect(listener).send("hello");

        assertThat(get(received)).isEqualTo("hello");
    }

    @Test
    void shouldTellATaskOfAKill() throws Exception {
        AtomicReference<Connection> idle = new AtomicReference<>();
        CompletableFuture<Kind> told = new CompletableFuture<>();
        Listener listener = listen(client -> {
            client.whenReadable(() -> {
                told.complete(failureOf(() -> client.receive(FOREVER)));
                client.close();
            });
            idle.set(client);
        });
        connect(listener);
        patiently(() -> assertThat(idle.get()).isNotNull());

        idle.get().kill();

        assertThat(get(told)).isEqualTo(Kind.KILLED);
    }

    /** A connection to a server serves one session after the other; between them it waits without a thread. */
    @Test
    void shouldMoveFromSessionToSession() throws Exception {
        Origin origin = echoOrigin();
        AtomicReference<Connection> pooled = new AtomicReference<>();
        AtomicInteger connects = new AtomicInteger();
        Listener listener = listen(client -> {
            while (client.receive(FOREVER) != Connection.END_OF_STREAM) {
                Connection server = pooled.getAndSet(null);
                if (server == null) {
                    connects.incrementAndGet();
                    server = client.loop().connect(origin.endpoint(), new ConnectOptions(), FOREVER);
                }
                int length = client.available();
                server.write(client.input(), 0, length, FOREVER);
                client.consume(length);
                write(client, take(server, length));
                Connection idle = server;
                assertThat(server.whenReadable(() -> {
                            pooled.compareAndSet(idle, null);
                            idle.close();
                        }))
                        .isTrue();
                pooled.set(server);
            }
        });
        Peer one = connect(listener);
        Peer two = connect(listener);

        for (int i = 0; i < 50; i++) {
            assertThat(one.send("one").readText(3)).isEqualTo("one");
            assertThat(two.send("second").readText(6)).isEqualTo("second");
        }

        assertThat(connects).hasValue(1);
        origin.close();
        patiently(() -> assertThat(pooled).hasValue(null));
    }
}
