package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.Forward.End;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What ends a forward before all is moved: the other direction, limits, failures. */
abstract class ForwardEndContract extends ForwardContract {
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
        ends.client().send("first ");
        Peer server = ends.awaitServer();
        assertThat(server.readText(6)).isEqualTo("first ");

        server.send("early");
        stopped.await();
        ends.client().send("second");

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
        CompletableFuture<Peer> sent = beside(() -> ends.client().send(body));
        Peer server = ends.awaitServer();

        patiently(
                () -> assertThat(figures(loop()).buffersLent() + figures(loop()).pipesLent())
                        .isPositive());
        server.send("stop");
        CompletableFuture<byte[]> received = beside(server::readToEnd);

        ends.awaitEnd();
        assertThat(get(received)).isEqualTo(body);
        get(sent);
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

        ends.client().send("body");

        assertThat(server.readTextToEnd()).isEqualTo("body");
        ends.awaitEnd();
    }

    @Test
    void shouldStopWhenTheSourceTakesWhatWasUnsentToIt() throws Exception {
        CountDownLatch filled = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        Ends ends = between(ForwardFixture::narrow, (client, server) -> {
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

        CompletableFuture<byte[]> reading = beside(ends.client()::readToEnd);
        taken.await();
        ends.client().send("body");

        assertThat(ends.awaitServer().readTextToEnd()).isEqualTo("body");
        assertThat(get(reading)).isNotEmpty();
        ends.awaitEnd();
    }

    @Test
    void shouldStopAtATimeAndGoOn() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        Ends ends = between((client, server) -> {
            Forward forward = new Forward().want(4);
            forward.stopAtNs = client.loop().nanoTime() + 1_000_000;
            client.loop().forward(client, server, forward);
            assertThat(forward.end).isEqualTo(End.DUE);
            assertThat(client.loop().nanoTime()).isGreaterThanOrEqualTo(forward.stopAtNs);
            stopped.countDown();
            forward.stopAtNs = Long.MAX_VALUE;
            client.loop().forward(client, server, forward);
            assertThat(forward.end).isEqualTo(End.DONE);
        });
        Peer server = ends.awaitServer();
        stopped.await();

        ends.client().send("body");

        assertThat(server.readTextToEnd()).isEqualTo("body");
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

        ends.client().send("abc");

        assertThat(ends.awaitServer().readTextToEnd()).isEqualTo("abc");
        ends.awaitEnd();
    }

    @Test
    void shouldEndWhenTheTargetTakesNothing() throws Exception {
        for (Splice splice : Splice.values()) {
            Ends ends = between(ForwardFixture::narrow, (client, server) -> {
                Forward forward = new Forward().want(64L * MIB);
                forward.targetIdleNs = 50_000_000;
                forward.splice = splice;
                client.loop().forward(client, server, forward);
                assertThat(forward.end).isEqualTo(End.TARGET_TIMED_OUT);
                server.reset();
                client.reset();
            });
            ends.awaitServer();
            beside(() -> ends.client().send(new byte[32 * MIB]));

            ends.awaitEnd();
        }
    }

    @Test
    void shouldLetWhatWasForwardedLeaveAfterTheTargetsClose() throws Exception {
        AtomicLong moved = new AtomicLong();
        Ends ends = between(ForwardFixture::narrow, (client, server) -> {
            while (server.unsent() < 32768) {
                client.receive(FOREVER);
                moved.addAndGet(forward(client, server, client.available()).bytesMoved());
                client.loop().parkUntil(client.loop().nanoTime() + 1);
            }
        });
        byte[] body = randomBytes(seeded("leaves after the close"), 4 * MIB);
        beside(() -> ends.client().send(body));

        ends.awaitEnd();
        patiently(() -> {
            LoopFigures figures = figures(loop());
            assertThat(figures.virtualThreads() + figures.timersPending()).isZero();
        });

        assertThat(ends.awaitServer().readToEnd()).isEqualTo(Arrays.copyOf(body, moved.intValue()));
    }

    @Test
    void shouldEndWhenTheSourceResets() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Ends ends = between((client, server) -> {
            begun.countDown();
            assertThat(forward(client, server, 10).end).isEqualTo(End.SOURCE_FAILED);
        });
        begun.await();

        ends.client().reset();

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
                ends.client().send("into nowhere");
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
