package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.Forward.End;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Moving a number of bytes one way, as a message's body. */
abstract class ForwardContract extends RelayFuzzContract {
    private static final int MIB = 1 << 20;

    /** A session that has both sides. */
    private interface Exchange {
        void run(Connection client, Connection server) throws Exception;
    }

    /** Both outer ends; the session between them runs the exchange. */
    private record Ends(
            Peer client,
            CompletableFuture<Void> connected,
            CompletableFuture<Peer> server,
            CompletableFuture<Void> over) {
        /** Only when the session has it too: a server that resets before would fail the connect. */
        Peer awaitServer() throws Exception {
            get(connected);
            return get(server);
        }

        void awaitEnd() throws Exception {
            get(over);
        }
    }

    private Ends between(Exchange exchange) throws Exception {
        return between(socket -> {}, exchange);
    }

    private Ends between(java.util.function.Consumer<SocketOptions> sockets, Exchange exchange) throws Exception {
        CompletableFuture<Void> connected = new CompletableFuture<>();
        CompletableFuture<Peer> server = new CompletableFuture<>();
        CompletableFuture<Void> over = new CompletableFuture<>();
        CompletableFuture<Void> testIsOver = new CompletableFuture<>();
        Origin origin = origin(peer -> {
            server.complete(peer);
            testIsOver.get();
        });
        closing(() -> testIsOver.complete(null));
        ListenOptions options = loopback("127.0.0.1");
        ConnectOptions connecting = new ConnectOptions();
        sockets.accept(options.socket);
        sockets.accept(connecting.socket);
        Listener listener = listen(loop(), options, client -> {
            Connection connection = client.loop().connect(origin.endpoint(), connecting, FOREVER);
            connected.complete(null);
            try {
                exchange.run(client, connection);
                over.complete(null);
            } catch (Exception | AssertionError failure) {
                over.completeExceptionally(failure);
                throw failure;
            } finally {
                connection.close();
                client.close();
            }
        });
        return new Ends(connect(listener), connected, server, over);
    }

    private static void narrow(SocketOptions options) {
        options.sendBufferBytes = 16384;
        options.receiveBufferBytes = 16384;
    }

    private static Forward forward(Connection source, Connection target, long bytes) {
        Forward forward = new Forward().want(bytes);
        source.loop().forward(source, target, forward);
        return forward;
    }

    @Test
    void shouldForwardWhatIsHeldAndLeaveTheRest() throws Exception {
        Ends ends = between((client, server) -> {
            while (client.available() < 9) {
                client.receive(FOREVER);
            }
            Forward forward = forward(client, server, 4);
            assertThat(forward.end).isEqualTo(End.DONE);
            assertThat(forward.bytesMoved()).isEqualTo(4);
            assertThat(forward.bytesLeft()).isZero();
            assertThat(take(client, 5)).isEqualTo("fgh!!");
        });

        ends.client.send("bodyfgh!!");

        assertThat(ends.awaitServer().readTextToEnd()).isEqualTo("body");
        ends.awaitEnd();
    }

    @Test
    void shouldForwardWhatIsHeldAndWaitForMore() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        Ends ends = between((client, server) -> {
            take(client, 5);
            held.countDown();
            assertThat(forward(client, server, 8).end).isEqualTo(End.DONE);
            assertThat(take(client, 4)).isEqualTo("next");
        });

        ends.client.send("head:bo");
        held.await();
        ends.client.send("dy").send("body").send("next");

        assertThat(ends.awaitServer().readTextToEnd()).isEqualTo("bodybody");
        ends.awaitEnd();
    }

    @Test
    void shouldForwardNothing() throws Exception {
        Ends ends = between(
                (client, server) -> assertThat(forward(client, server, 0).end).isEqualTo(End.DONE));

        assertThat(ends.awaitServer().readTextToEnd()).isEmpty();
        ends.awaitEnd();
    }

    @Test
    void shouldForwardBehindWhatWasWritten() throws Exception {
        byte[] body = randomBytes(seeded("head and body"), 3 * MIB);
        Ends ends = between((client, server) -> {
            UnsafeBuffer head = new UnsafeBuffer("new head;".getBytes());
            server.write(head, 0, head.capacity(), FOREVER);
            assertThat(forward(client, server, body.length).end).isEqualTo(End.DONE);
            server.write(head, 0, head.capacity(), FOREVER);
        });
        CompletableFuture<Peer> sent = beside(() -> ends.client.send(body));

        Peer server = ends.awaitServer();
        assertThat(server.readText(9)).isEqualTo("new head;");
        assertThat(server.readBytes(body.length)).isEqualTo(body);
        assertThat(server.readTextToEnd()).isEqualTo("new head;");
        get(sent);
        ends.awaitEnd();
    }

    @Test
    void shouldForwardToTheEnd() throws Exception {
        byte[] body = randomBytes(seeded("to the end"), 2 * MIB);
        Ends ends = between((client, server) -> {
            Forward forward = forward(server, client, Forward.TO_END);
            assertThat(forward.end).isEqualTo(End.SOURCE_ENDED);
            assertThat(forward.bytesMoved()).isEqualTo(body.length);
            assertThat(forward.bytesLeft()).isEqualTo(Forward.TO_END);
        });

        CompletableFuture<Peer> sent =
                beside(() -> ends.awaitServer().send(body).halfClose());

        assertThat(ends.client.readToEnd()).isEqualTo(body);
        get(sent);
        ends.awaitEnd();
    }

    @Test
    void shouldSayThatTheSourceEndedTooEarly() throws Exception {
        Ends ends = between((client, server) -> {
            Forward forward = forward(client, server, 10);
            assertThat(forward.end).isEqualTo(End.SOURCE_ENDED);
            assertThat(forward.bytesLeft()).isEqualTo(3);
        });

        ends.client.send("7 bytes").halfClose();

        assertThat(ends.awaitServer().readTextToEnd()).isEqualTo("7 bytes");
        ends.awaitEnd();
    }

    /** Bodies of all sizes, one behind the other, each with its own way through blocks and pipes. */
    @Test
    void shouldForwardBodyAfterBody() throws Exception {
        java.util.Random random = seeded("bodies");
        int[] sizes = random.ints(200, 0, 100_000).toArray();
        for (int i = 0; i < sizes.length; i += 20) {
            sizes[i] = random.nextInt(3 * MIB);
        }
        byte[] all = randomBytes(random, Arrays.stream(sizes).sum());
        Splice[] policies = Splice.values();
        Ends ends = between((client, server) -> {
            Forward forward = new Forward();
            UnsafeBuffer mark = new UnsafeBuffer(new byte[] {'|'});
            for (int i = 0; i < sizes.length; i++) {
                forward.splice = policies[i % policies.length];
                client.loop().forward(client, server, forward.want(sizes[i]));
                assertThat(forward.end).isEqualTo(End.DONE);
                assertThat(forward.bytesMoved()).isEqualTo(sizes[i]);
                server.write(mark, 0, 1, FOREVER);
            }
        });
        CompletableFuture<Peer> sent = beside(() -> ends.client.send(all));

        Peer server = ends.awaitServer();
        int offset = 0;
        for (int size : sizes) {
            assertThat(server.readBytes(size)).isEqualTo(Arrays.copyOfRange(all, offset, offset + size));
            assertThat(server.readText(1)).isEqualTo("|");
            offset += size;
        }
        get(sent);
        ends.awaitEnd();
    }

    /** Bodies of about what a loop moves before it looks at others: whoever has all of one waits for nothing more. */
    @Test
    void shouldWaitForNothingBehindALongBody() throws Exception {
        byte[] body = randomBytes(seeded("long bodies"), 2 * MIB);
        int rounds = 30;
        Ends ends = between((client, server) -> {
            for (int i = 0; i < rounds; i++) {
                Forward forward = new Forward();
                forward.splice = Splice.ALWAYS;
                client.loop().forward(client, server, forward.want(MIB + i * 10_000L));
                assertThat(forward.end).isEqualTo(End.DONE);
            }
        });
        Peer server = ends.awaitServer();

        for (int i = 0; i < rounds; i++) {
            int length = MIB + i * 10_000;
            CompletableFuture<Peer> sent = beside(() -> ends.client.send(body, 0, length));
            assertThat(server.readBytes(length)).isEqualTo(Arrays.copyOf(body, length));
            sent.join();
        }
        ends.awaitEnd();
    }

    @Test
    void shouldForwardManyAtOnceWithFewBuffers() throws Exception {
        TransportOptions options = new TransportOptions();
        options.buffersMax = 8;
        start(options);
        byte[] body = randomBytes(seeded("few buffers"), MIB + 17);
        List<Ends> all = new ArrayList<>();
        List<CompletableFuture<?>> running = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Splice splice = i % 2 == 0 ? Splice.NEVER : Splice.ADAPTIVE;
            Ends ends = between((client, server) -> {
                Forward forward = new Forward().want(body.length);
                forward.splice = splice;
                client.loop().forward(client, server, forward);
                assertThat(forward.end).isEqualTo(End.DONE);
            });
            all.add(ends);
            running.add(beside(() -> ends.client.send(body)));
        }

        for (Ends ends : all) {
            Peer server = ends.awaitServer();
            running.add(beside(() -> assertThat(server.readToEnd()).isEqualTo(body)));
        }

        for (CompletableFuture<?> one : running) {
            get(one);
        }
        for (Ends ends : all) {
            ends.awaitEnd();
        }
    }

    @Test
    void shouldHoldFewBlocksForATargetThatDoesNotRead() throws Exception {
        Ends ends = between(ForwardContract::narrow, (client, server) -> {
            Forward forward = new Forward().want(20L * MIB);
            client.loop().forward(client, server, forward);
            assertThat(forward.end).isEqualTo(End.DONE);
        });
        CompletableFuture<Peer> sent = beside(() -> ends.client.send(new byte[20 * MIB]));
        Peer server = ends.awaitServer();

        for (int i = 0; i < 20; i++) {
            server.readBytes(MIB);
            assertThat(figures(loop()).buffersLent()).isLessThanOrEqualTo(24);
        }

        get(sent);
        ends.awaitEnd();
    }

    @Test
    void shouldPassOnPieceByPieceAsTheyCome() throws Exception {
        Ends ends = between((client, server) ->
                assertThat(forward(client, server, 1000).end).isEqualTo(End.DONE));
        Peer server = ends.awaitServer();

        for (int i = 0; i < 1000; i++) {
            ends.client.send(new byte[] {(byte) i});
            assertThat(server.readBytes(1)[0]).isEqualTo((byte) i);
        }

        ends.awaitEnd();
    }

    // ---- the other direction ----

    @Test
    void shouldStopWhenTheTargetSpeaksAndGoOn() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        Ends ends = between((client, server) -> {
            Forward forward = new Forward().want(12);
            forward.stopWhenTargetSpeaks = true;
            client.loop().forward(client, server, forward);
            assertThat(forward.end).isEqualTo(End.TARGET_SPOKE);
            assertThat(forward.bytesLeft()).isEqualTo(6);
            assertThat(take(server, 5)).isEqualTo("early");
            stopped.countDown();
            client.loop().forward(client, server, forward.want(forward.bytesLeft()));
            assertThat(forward.end).isEqualTo(End.DONE);
        });
        ends.client.send("first ");
        Peer server = ends.awaitServer();
        assertThat(server.readText(6)).isEqualTo("first ");

        server.send("early");
        stopped.await();
        ends.client.send("second");

        assertThat(server.readTextToEnd()).isEqualTo("second");
        ends.awaitEnd();
    }

    @Test
    void shouldStopWhenTheTargetEndsItsStream() throws Exception {
        Ends ends = between((client, server) -> {
            Forward forward = new Forward().want(10);
            forward.stopWhenTargetSpeaks = true;
            client.loop().forward(client, server, forward);
            assertThat(forward.end).isEqualTo(End.TARGET_SPOKE);
            assertThat(server.inputEnded()).isTrue();
        });

        ends.awaitServer().halfClose();

        ends.awaitEnd();
    }

    @Test
    void shouldStopForATargetThatSpeaksWithoutReadingAndLoseNothing() throws Exception {
        for (Splice splice : Splice.values()) {
            stopsForATargetThatDoesNotRead(splice);
        }
    }

    private void stopsForATargetThatDoesNotRead(Splice splice) throws Exception {
        byte[] body = randomBytes(seeded("speaks without reading"), 8 * MIB);
        Ends ends = between((client, server) -> {
            Forward forward = new Forward().want(body.length);
            forward.stopWhenTargetSpeaks = true;
            forward.splice = splice;
            client.loop().forward(client, server, forward);
            assertThat(forward.end).isEqualTo(End.TARGET_SPOKE);
            assertThat(take(server, 4)).isEqualTo("stop");
            forward.stopWhenTargetSpeaks = false;
            client.loop().forward(client, server, forward.want(forward.bytesLeft()));
            assertThat(forward.end).isEqualTo(End.DONE);
        });
        CompletableFuture<Peer> sent = beside(() -> ends.client.send(body));
        Peer server = ends.awaitServer();

        patiently(
                () -> assertThat(figures(loop()).buffersLent() + figures(loop()).pipesLent())
                        .isPositive());
        server.send("stop");

        assertThat(server.readToEnd()).isEqualTo(body);
        get(sent);
        ends.awaitEnd();
    }

    @Test
    void shouldNotStopForWhatTheTargetHadSaidBefore() throws Exception {
        Ends ends = between((client, server) -> {
            server.receive(FOREVER);
            Forward forward = new Forward().want(4);
            forward.stopWhenTargetSpeaks = true;
            client.loop().forward(client, server, forward);
            assertThat(forward.end).isEqualTo(End.DONE);
            assertThat(take(server, 6)).isEqualTo("before");
        });
        Peer server = ends.awaitServer();
        server.send("before");
        patiently(() -> assertThat(figures(loop()).buffersLent()).isPositive());

        ends.client.send("body");

        assertThat(server.readTextToEnd()).isEqualTo("body");
        ends.awaitEnd();
    }

    @Test
    void shouldStopWhenTheSourceTakesWhatWasUnsentToIt() throws Exception {
        CountDownLatch filled = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        Ends ends = between(ForwardContract::narrow, (client, server) -> {
            fill(client);
            filled.countDown();
            Forward forward = new Forward().want(4);
            forward.stopWhenSourceTakes = true;
            client.loop().forward(client, server, forward);
            assertThat(forward.end).isEqualTo(End.SOURCE_TOOK);
            assertThat(client.unsent()).isZero();
            taken.countDown();
            forward.stopWhenSourceTakes = false;
            client.loop().forward(client, server, forward);
            assertThat(forward.end).isEqualTo(End.DONE);
        });
        ends.awaitServer();
        filled.await();

        CompletableFuture<byte[]> reading = beside(ends.client::readToEnd);
        taken.await();
        ends.client.send("body");

        assertThat(ends.awaitServer().readTextToEnd()).isEqualTo("body");
        assertThat(get(reading)).isNotEmpty();
        ends.awaitEnd();
    }

    /** Writes until something is unsent that the peer must read first. */
    private static void fill(Connection connection) throws ConnectionFailure {
        UnsafeBuffer chunk = new UnsafeBuffer(new byte[16384]);
        do {
            connection.write(chunk, 0, chunk.capacity(), FOREVER);
            connection.loop().parkUntil(connection.loop().nanoTime() + 1);
        } while (connection.unsent() < 32768);
    }

    // ---- limits and failures ----

    @Test
    void shouldEndWhenTheSourceIsSilent() throws Exception {
        Ends ends = between((client, server) -> {
            Forward forward = new Forward().want(10);
            forward.sourceIdleNs = 30_000_000;
            forward.targetIdleNs = 1;
            client.loop().forward(client, server, forward);
            assertThat(forward.end).isEqualTo(End.SOURCE_TIMED_OUT);
            assertThat(forward.bytesMoved()).isEqualTo(3);
        });

        ends.client.send("abc");

        assertThat(ends.awaitServer().readTextToEnd()).isEqualTo("abc");
        ends.awaitEnd();
    }

    @Test
    void shouldEndWhenTheTargetTakesNothing() throws Exception {
        for (Splice splice : Splice.values()) {
            Ends ends = between(ForwardContract::narrow, (client, server) -> {
                Forward forward = new Forward().want(64L * MIB);
                forward.targetIdleNs = 50_000_000;
                forward.splice = splice;
                client.loop().forward(client, server, forward);
                assertThat(forward.end).isEqualTo(End.TARGET_TIMED_OUT);
                server.reset();
                client.reset();
            });
            ends.awaitServer();
            beside(() -> ends.client.send(new byte[32 * MIB]));

            ends.awaitEnd();
        }
    }

    @Test
    void shouldEndWhenTheSourceResets() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Ends ends = between((client, server) -> {
            begun.countDown();
            assertThat(forward(client, server, 10).end).isEqualTo(End.SOURCE_FAILED);
        });
        begun.await();

        ends.client.reset();

        ends.awaitEnd();
    }

    @Test
    void shouldEndWhenTheTargetResets() throws Exception {
        Ends ends = between((client, server) -> {
            Forward forward = new Forward().want(Forward.TO_END);
            client.loop().forward(client, server, forward);
            assertThat(forward.end).isEqualTo(End.TARGET_FAILED);
            client.reset();
        });
        ends.awaitServer().reset();

        CompletableFuture<Void> sending = beside(() -> {
            while (true) {
                ends.client.send("into nowhere");
            }
        });

        ends.awaitEnd();
        assertThat(sending).failsWithin(java.time.Duration.ofSeconds(30));
    }

    @Test
    void shouldEndWhenASideIsKilled() throws Exception {
        for (boolean theSource : new boolean[] {true, false}) {
            AtomicReference<Connection> victim = new AtomicReference<>();
            Ends ends = between((client, server) -> {
                victim.set(theSource ? client : server);
                assertThat(forward(client, server, 10).end).isEqualTo(End.KILLED);
            });
            patiently(() -> assertThat(victim.get()).isNotNull());

            victim.get().kill();

            ends.awaitEnd();
        }
    }

    @Test
    void shouldEndAtOnceWhenASideWasKilledBefore() throws Exception {
        Ends ends = between((client, server) -> {
            server.kill();
            server.loop().parkUntil(server.loop().nanoTime() + 1_000_000);
            assertThat(forward(client, server, 10).end).isEqualTo(End.KILLED);
            assertThat(forward(client, server, 0).end).isEqualTo(End.KILLED);
        });

        ends.awaitEnd();
    }

    @Test
    void shouldEndWhenTheTransportClosesMeanwhile() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Ends ends = between((client, server) -> {
            begun.countDown();
            assertThat(forward(client, server, 10).end).isEqualTo(End.KILLED);
        });
        begun.await();

        transport.close();
        transport = null;

        ends.awaitEnd();
    }
}
