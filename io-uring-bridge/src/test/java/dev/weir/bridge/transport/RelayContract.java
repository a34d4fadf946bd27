package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a relay moves, and what becomes of the connections behind it. */
abstract class RelayContract extends RelayFixture {
    @Test
    void shouldMoveBothDirectionsAndCountThem() throws Exception {
        Pair pair = open(new Script());

        pair.client.send("request");
        assertThat(pair.server().readText(7)).isEqualTo("request");
        pair.server().send("the response");
        assertThat(pair.client.readText(12)).isEqualTo("the response");
        pair.client.halfClose();
        assertThat(pair.server().readTextToEnd()).isEmpty();
        pair.server().halfClose();
        assertThat(pair.client.readTextToEnd()).isEmpty();

        Relay relay = pair.relay();
        assertThat(relay.end).isEqualTo(Relay.End.FINISHED);
        assertThat(relay.bytesToServer()).isEqualTo(7);
        assertThat(relay.bytesToClient()).isEqualTo(12);
        assertThat(relay.halfClosed).isTrue();
        assertThat(relay.clientEndedFirst).isTrue();
    }

    /** Lets a thousand bytes through, and no more for a millisecond. */
    private static final class Pace implements Meter {
        private long resumeNs;
        private boolean hasHeldBack;

        @Override
        public int grant(int bytes, long nowNs) {
            if (nowNs < resumeNs) {
                hasHeldBack = true;
                return 0;
            }
            resumeNs = nowNs + 1_000_000;
            return Math.min(bytes, 1_000);
        }

        @Override
        public long resumeNs() {
            return resumeNs;
        }
    }

    @Test
    void shouldHoldBackWhatAMeterDoesNotLetThrough() throws Exception {
        Pace up = new Pace();
        Pace down = new Pace();
        Pair pair = open(new Script().limits(relay -> {
            relay.meterToServer = up;
            relay.meterToClient = down;
            relay.spliceToClient = Splice.ALWAYS;
        }));
        String text = "0123456789abcdef".repeat(2_500);

        pair.client.send(text).halfClose();
        pair.server().send(text).halfClose();
        assertThat(pair.server().readTextToEnd()).isEqualTo(text);
        assertThat(pair.client.readTextToEnd()).isEqualTo(text);

        assertThat(pair.end()).isEqualTo(Relay.End.FINISHED);
        assertThat(pair.relay().bytesToServer()).isEqualTo(text.length());
        assertThat(pair.relay().bytesToClient()).isEqualTo(text.length());
        assertThat(up.hasHeldBack && down.hasHeldBack).isTrue();
    }

    @Test
    void shouldPassOnTheServersHalfClose() throws Exception {
        Pair pair = open(new Script());

        pair.server().send("all I have").halfClose();
        assertThat(pair.client.readTextToEnd()).isEqualTo("all I have");
        pair.client.send("still talking").halfClose();
        assertThat(pair.server().readTextToEnd()).isEqualTo("still talking");

        assertThat(pair.end()).isEqualTo(Relay.End.FINISHED);
        assertThat(pair.relay().clientEndedFirst).isFalse();
        assertThat(pair.relay().bytesToServer()).isEqualTo(13);
    }

    @Test
    void shouldPassOnDataAndEndThatCameBeforeItBegan() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Pair pair = open(new Script().before(client -> await(ended, client.loop())));

        pair.client.send("data and end").halfClose();
        ended.countDown();

        assertThat(pair.server().readTextToEnd()).isEqualTo("data and end");
        pair.server().close();
        assertThat(pair.end()).isEqualTo(Relay.End.FINISHED);
    }

    /** Keeps the loop from looking at its sockets, so that it sees at once all that comes meanwhile. */
    private void whileTheLoopIsBusy(LoopTask<?> task) throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        loop().execute(() -> {
            busy.countDown();
            awaitUninterruptibly(over);
        });
        busy.await();
        task.run();
        over.countDown();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a loop", e);
        }
    }

    @Test
    void shouldPassOnDataAndEndThatAreSeenAtOnce() throws Exception {
        Pair pair = open(new Script());
        pair.client.send("1");
        assertThat(pair.server().readText(1)).isEqualTo("1");

        whileTheLoopIsBusy(() -> pair.client.send("2").halfClose());

        assertThat(pair.server().readTextToEnd()).isEqualTo("2");
        pair.server().close();
        assertThat(pair.end()).isEqualTo(Relay.End.FINISHED);
    }

    @Test
    void shouldPassOnSeveralBlocksThatAreSeenAtOnce() throws Exception {
        byte[] bytes = randomBytes(seeded("several blocks"), 3 * new TransportOptions().bufferBytes + 1);
        Pair pair = open(new Script());
        pair.client.send("1");
        assertThat(pair.server().readText(1)).isEqualTo("1");

        whileTheLoopIsBusy(() -> pair.client.send(bytes));

        assertThat(pair.server().readBytes(bytes.length)).isEqualTo(bytes);
    }

    @Test
    void shouldForwardWhatTheSessionLeftUnread() throws Exception {
        CompletableFuture<String> header = new CompletableFuture<>();
        Pair pair = open(new Script().before(client -> {
            while (client.available() < 10) {
                client.receive(FOREVER);
            }
            header.complete(take(client, 4));
        }));

        pair.client.send("HEADforward");

        assertThat(pair.server().readText(7)).isEqualTo("forward");
        pair.client.send(" and more").halfClose();
        assertThat(pair.server().readTextToEnd()).isEqualTo(" and more");
        pair.server().close();
        assertThat(get(header)).isEqualTo("HEAD");
        assertThat(pair.relay().bytesToServer()).isEqualTo(16);
    }

    @Test
    void shouldForwardWhatIsHeldWhenTheClientHasEndedAlready() throws Exception {
        Pair pair = open(new Script().before(client -> {
            while (client.receive(FOREVER) != Connection.END_OF_STREAM) {
                // Gathers all, and the end.
            }
            client.consume(2);
        }));

        pair.client.send("x:held").halfClose();

        assertThat(pair.server().readTextToEnd()).isEqualTo("held");
        pair.server().send("answer").close();
        assertThat(pair.client.readTextToEnd()).isEqualTo("answer");
        assertThat(pair.end()).isEqualTo(Relay.End.FINISHED);
        assertThat(pair.relay().clientEndedFirst).isTrue();
    }

    @Test
    void shouldHandTheConnectionsBackInUse() throws Exception {
        CompletableFuture<String> after = new CompletableFuture<>();
        Origin origin = origin(peer -> {
            peer.readToEnd();
            peer.send("bye");
        });
        Listener listener = listen(client -> {
            Connection server = client.loop().connect(origin.endpoint(), new ConnectOptions(), FOREVER);
            Relay relay = new Relay();
            relay.clientIdleNs = 30_000_000;
            relay.stopWhenServerSpeaks = true;
            client.loop().relay(client, server, relay);
            assertThat(relay.end).isEqualTo(Relay.End.CLIENT_TIMED_OUT);
            relay.restart();
            assertThat(relay.end).isNull();
            relay.clientIdleNs = 0;
            relay.stopWhenServerSpeaks = false;
            client.loop().relay(client, server, relay);
            after.complete(relay.end + " " + relay.bytesToServer() + " " + relay.bytesToClient());
            server.close();
        });
        Peer peer = connect(listener);
        patiently(() -> assertThat(figures(loop()).timersPending()).isZero());

        peer.send("hello").halfClose();

        assertThat(peer.readTextToEnd()).isEqualTo("bye");
        assertThat(get(after)).isEqualTo("FINISHED 5 3");
    }

    @Test
    void shouldHoldNoVirtualThreadWhileATaskWaitsForTheEnd() throws Exception {
        Origin origin = echoOrigin();
        CompletableFuture<Relay> ended = new CompletableFuture<>();
        Listener listener = listen(client -> {
            Connection server = client.loop().connect(origin.endpoint(), new ConnectOptions(), FOREVER);
            Relay relay = new Relay();
            client.loop().relayThen(client, server, relay, () -> {
                client.close();
                server.close();
                ended.complete(relay);
            });
        });
        Peer peer = connect(listener).send("1");
        peer.readText(1);
        assertThat(figures(loop()).connectionsOpen()).isEqualTo(2);
        assertThat(figures(loop()).virtualThreads()).isZero();

        assertThat(peer.send("2").halfClose().readTextToEnd()).isEqualTo("2");

        assertThat(get(ended).end).isEqualTo(Relay.End.FINISHED);
        assertThat(get(ended).bytesToClient()).isEqualTo(2);
    }

    @Test
    void shouldRunTheTaskOfARelayThatIsOverAtOnce() throws Exception {
        Origin origin = echoOrigin();
        CompletableFuture<Relay.End> ended = new CompletableFuture<>();
        Listener listener = listen(client -> {
            Connection server = client.loop().connect(origin.endpoint(), new ConnectOptions(), FOREVER);
            server.kill();
            Relay relay = new Relay();
            client.loop().relayThen(client, server, relay, () -> {
                client.reset();
                server.reset();
                ended.complete(relay.end);
            });
        });

        connect(listener);

        assertThat(get(ended)).isEqualTo(Relay.End.KILLED);
    }

    // ---- stopping when the server speaks ----

    /** Relays in two parts: until the server speaks, then on. */
    private CompletableFuture<String> relayInTwoParts(Origin origin, CompletableFuture<Peer> clientPeer)
            throws Exception {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Listener listener = listen(client -> {
            Connection server = client.loop().connect(origin.endpoint(), new ConnectOptions(), FOREVER);
            Relay relay = new Relay();
            relay.stopWhenServerSpeaks = true;
            client.loop().relay(client, server, relay);
            String first =
                    relay.end + ":" + (server.available() > 0 ? server.input().getByte(0) - '0' : "-");
            relay.resume().stopWhenServerSpeaks = false;
            client.loop().relay(client, server, relay);
            client.close();
            server.close();
            outcome.complete(first + " " + relay.end + " " + relay.bytesToServer() + " " + relay.bytesToClient());
        });
        clientPeer.complete(connect(listener));
        return outcome;
    }

    @Test
    void shouldStopWhenTheServerSpeaksAndGoOn() throws Exception {
        Origin origin = origin(peer -> {
            assertThat(peer.readText(8)).isEqualTo("question");
            peer.send("7 is the answer");
            assertThat(peer.readTextToEnd()).isEqualTo("thanks");
        });
        CompletableFuture<Peer> connected = new CompletableFuture<>();
        CompletableFuture<String> outcome = relayInTwoParts(origin, connected);
        Peer client = get(connected);

        client.send("question");
        assertThat(client.readText(15)).isEqualTo("7 is the answer");
        client.send("thanks").halfClose();

        assertThat(client.readTextToEnd()).isEmpty();
        assertThat(get(outcome)).isEqualTo("SERVER_SPOKE:7 FINISHED 14 15");
    }

    @Test
    void shouldStopWhenTheServerEndsWithoutAWord() throws Exception {
        Origin origin = origin(Peer::halfClose);
        CompletableFuture<Peer> connected = new CompletableFuture<>();
        CompletableFuture<String> outcome = relayInTwoParts(origin, connected);
        Peer client = get(connected);

        assertThat(client.readTextToEnd()).isEmpty();
        client.halfClose();

        assertThat(get(outcome)).startsWith("SERVER_SPOKE:-");
    }

    @Test
    void shouldLoseNothingOfABlockedClientWhenTheServerSpeaks() throws Exception {
        byte[] request = randomBytes(seeded("server speaks"), 20 << 20);
        CompletableFuture<byte[]> seen = new CompletableFuture<>();
        CountDownLatch spoken = new CountDownLatch(1);
        Origin origin = origin(peer -> {
            spoken.await();
            peer.send("5");
            seen.complete(peer.readToEnd());
        });
        CompletableFuture<Peer> connected = new CompletableFuture<>();
        CompletableFuture<String> outcome = relayInTwoParts(origin, connected);
        Peer client = get(connected);
        CompletableFuture<Peer> sending = beside(() -> client.send(request).halfClose());

        patiently(() -> assertThat(figures(loop()).buffersLent()).isPositive());
        spoken.countDown();

        assertThat(client.readText(1)).isEqualTo("5");
        assertThat(get(seen)).isEqualTo(request);
        get(sending);
        assertThat(get(outcome)).isEqualTo("SERVER_SPOKE:5 FINISHED " + request.length + " 1");
    }
}
