package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How a relay ends when a side fails, is killed, or goes with its transport. */
abstract class RelayEndContract extends RelayContract {
    @Test
    void shouldEndWhenTheClientResets() throws Exception {
        Pair pair = open(new Script());
        pair.client.send("x");
        pair.server().readText(1);

        pair.client.reset();

        assertThat(pair.end()).isEqualTo(Relay.End.CLIENT_FAILED);
        assertThat(pair.server().isReset()).isTrue();
        assertThat(pair.relay().halfClosed).isFalse();
    }

    @Test
    void shouldEndWhenTheServerResets() throws Exception {
        Pair pair = open(new Script());
        pair.client.send("x");
        pair.server().readText(1);

        pair.server().reset();

        assertThat(pair.end()).isEqualTo(Relay.End.SERVER_FAILED);
        assertThat(pair.client.isReset()).isTrue();
    }

    @Test
    void shouldEndWhenTheServerResetsAfterTheClientsEnd() throws Exception {
        Pair pair = open(new Script());
        pair.client.send("x").halfClose();
        pair.server().readToEnd();

        pair.server().reset();

        assertThat(pair.end()).isEqualTo(Relay.End.SERVER_FAILED);
        assertThat(pair.relay().halfClosed).isTrue();
        assertThat(pair.relay().clientEndedFirst).isTrue();
    }

    @Test
    void shouldEndWhenAClientThatReadsNothingResets() throws Exception {
        Pair pair = open(new Script());
        CompletableFuture<Void> sending = sendUntilBlocked(pair, pair.server());

        pair.client.reset();

        assertThat(pair.end()).isEqualTo(Relay.End.CLIENT_FAILED);
        assertThat(sending).failsWithin(java.time.Duration.ofSeconds(30));
    }

    /** Sends without end from beside; returns once bytes were passed on and then no more. */
    protected CompletableFuture<Void> sendUntilBlocked(Pair pair, Peer sender) throws Exception {
        AtomicLong sent = new AtomicLong();
        byte[] chunk = new byte[65536];
        CompletableFuture<Void> sending = beside(() -> {
            while (true) {
                sender.send(chunk);
                sent.addAndGet(chunk.length);
            }
        });
        AtomicLong seen = new AtomicLong(-1);
        org.awaitility.Awaitility.await()
                .pollInterval(java.time.Duration.ofMillis(100))
                .until(() -> sent.get() > 0 && seen.getAndSet(sent.get()) == sent.get());
        assertThat(pair.isOver()).isFalse();
        return sending;
    }

    @Test
    void shouldEndWhenTheClientIsKilled() throws Exception {
        assertEndsWhenKilled(true);
    }

    @Test
    void shouldEndWhenTheServerIsKilled() throws Exception {
        assertEndsWhenKilled(false);
    }

    private void assertEndsWhenKilled(boolean theClient) throws Exception {
        Pair pair = open(new Script());
        pair.client.send("x");
        pair.server().readText(1);

        pair.inner(theClient).kill();

        assertThat(pair.end()).isEqualTo(Relay.End.KILLED);
        assertThat(pair.client.isReset()).isTrue();
        assertThat(pair.server().isReset()).isTrue();
    }

    @Test
    void shouldEndAtOnceWhenKilledBeforehand() throws Exception {
        Pair pair = open(new Script().before(Connection::kill));

        assertThat(pair.end()).isEqualTo(Relay.End.KILLED);
    }

    @Test
    void shouldEndWhenKilledWhileASideIsBlocked() throws Exception {
        Pair pair = open(new Script());
        sendUntilBlocked(pair, pair.client);

        pair.inner(true).kill();

        assertThat(pair.end()).isEqualTo(Relay.End.KILLED);
    }

    @Test
    void shouldEndWhenTheTransportCloses() throws Exception {
        Relaying relaying = new Relaying(new Script());
        Pair idle = relaying.open();
        idle.server();
        Pair busy = relaying.open();
        sendUntilBlocked(busy, busy.server());

        transport.close();
        transport = null;

        assertThat(idle.isOver()).isTrue();
        assertThat(idle.client.isReset()).isTrue();
        assertThat(busy.isOver()).isTrue();
    }

    /** The client, which nobody waits for, is closed by the end of the loop before its session, which waits for the server, relays. */
    @Test
    void shouldEndWhenItBeginsWhileTheTransportCloses() throws Exception {
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        CompletableFuture<Relay.End> end = new CompletableFuture<>();
        Endpoint silent = origin(Peer::readToEnd).endpoint();
        Listener listener = listen(client -> {
            Connection server = client.loop().connect(silent, new ConnectOptions(), FOREVER);
            client.watchInput(Thread.currentThread());
            waiting.complete(null);
            assertThat(failureOf(() -> server.receive(FOREVER))).isEqualTo(ConnectionFailure.Kind.CLOSED);
            Relay relay = new Relay();
            run(client, server, relay);
            end.complete(relay.end);
        });
        connect(listener);
        get(waiting);

        get(beside(() -> {
            transport.close();
            return null;
        }));
        transport = null;

        assertThat(get(end)).isEqualTo(Relay.End.KILLED);
    }
}
