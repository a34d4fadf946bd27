package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.ConnectionFailure.Kind;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Writing without waiting. */
abstract class WritingContract extends IdleContract {
    /** More than every socket buffer between us and a peer that does not read. */
    private static final int MUCH = 32 << 20;

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
        UnsafeBuffer chunk = new UnsafeBuffer(new byte[TransportOptions.BUFFER_BYTES_MIN]);
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
        assertThat(get(unsent)).isLessThanOrEqualTo(2 * Connection.OUTPUT_BYTES_MAX + 16384);
    }

    @Test
    void shouldTakeAWholeMessageWithoutAWaitOnceThereIsRoom() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        UnsafeBuffer message = new UnsafeBuffer(new byte[Connection.OUTPUT_BYTES_MAX]);
        Listener listener = listen(loop(), narrow(), client -> {
            long past = client.loop().nanoTime() - 1;
            while (client.unsent() == 0) {
                client.write(message, 0, 1000, FOREVER);
                client.loop().parkUntil(client.loop().nanoTime() + 1);
            }
            client.awaitRoom(past);
            client.write(message, 0, Connection.OUTPUT_BYTES_MAX, past);
            Kind room = failureOf(() -> client.awaitRoom(past));
            Kind write = failureOf(() -> client.write(message, 0, 1, past));
            seen.complete(room + " " + write);
            client.reset();
        });

        connect(listener);

        assertThat(get(seen)).isEqualTo("TIMED_OUT TIMED_OUT");
    }

    @Test
    void shouldFindRoomAgainWhenThePeerHasRead() throws Exception {
        CompletableFuture<Integer> unsent = new CompletableFuture<>();
        UnsafeBuffer chunk = new UnsafeBuffer(new byte[TransportOptions.BUFFER_BYTES_MIN]);
        Listener listener = listen(loop(), narrow(), client -> {
            while (client.unsent() < Connection.OUTPUT_BYTES_MAX) {
                client.write(chunk, 0, chunk.capacity(), FOREVER);
            }
            client.awaitRoom(FOREVER);
            unsent.complete(client.unsent());
        });

        assertThat(connect(listener).readToEnd()).isNotEmpty();

        assertThat(get(unsent)).isLessThan(Connection.OUTPUT_BYTES_MAX);
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
            seen.complete(kind + " " + (client.unsent() <= 2 * Connection.OUTPUT_BYTES_MAX + 16384));
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
}
