package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * What a loop is given to call throws: it is said, whatever hung on the call comes to an end, and the loop goes on.
 * {@link TransportFixture} sees what was left behind.
 */
abstract class FaultContract extends ExhaustionContract {
    private static final long SHORT_NS = 40_000_000;
    /** Nothing in these tests takes so long. */
    private static final long HOURS_NS = 3_600_000_000_000L;

    private static final Runnable FAULTY = () -> {
        throw injected();
    };

    private static IllegalStateException injected() {
        return new IllegalStateException("injected");
    }

    /** So many faults were said, and nothing else went wrong. */
    private void expectSaid(int faults, String what) {
        patiently(() -> assertThat(logLines.stream().filter(line -> isFault(line, what)))
                .as("faults that were said")
                .hasSize(faults));
        logLines.removeIf(line -> isFault(line, what));
    }

    private static boolean isFault(String line, String what) {
        return line.contains("internal error") && line.contains(what);
    }

    private void expectThatTheLoopGoesOn() throws Exception {
        Listener listener = listen(TransportFixture::echo);
        assertThat(connect(listener).send("still here").halfClose().readTextToEnd())
                .isEqualTo("still here");
    }

    // ---- connections ----

    @Test
    void shouldCloseAConnectionThatAHandlerFailsToServe() throws Exception {
        Listener listener = loop().listen(loopback("127.0.0.1"), client -> FAULTY.run());
        closing(listener::close);

        for (int i = 0; i < 3; i++) {
            expectNoMore(connect(listener));
        }

        expectSaid(3, "injected");
        expectThatTheLoopGoesOn();
    }

    @Test
    void shouldGiveUpAConnectionWhoseOpenerFails() throws Exception {
        Endpoint endpoint = echoOrigin().endpoint();
        BooleanSupplier abort = () -> {
            throw injected();
        };

        String outcome = get(onLoop(loop(), () -> openWith(endpoint, abort)));

        // A transport that is connected at once does not ask.
        assertThat(outcome).isIn("injected", "connected");
        expectThatTheLoopGoesOn();
    }

    private String openWith(Endpoint endpoint, BooleanSupplier abort) throws Exception {
        try {
            loop().connect(endpoint, new ConnectOptions(), FOREVER, abort).close();
            return "connected";
        } catch (IllegalStateException fault) {
            return fault.getMessage();
        }
    }

    @Test
    void shouldCloseAConnectionWhoseReceiverFails() throws Exception {
        Listener listener = loop().listen(
                        loopback("127.0.0.1"),
                        client -> receive(client, () -> {
                            throw injected();
                        }));
        closing(listener::close);

        expectNoMore(connect(listener));

        expectSaid(1, "injected");
    }

    private static void receive(Connection client, BooleanSupplier abort) {
        try {
            client.receive(client.loop().nanoTime() + HOURS_NS, abort);
        } catch (ConnectionFailure failure) {
            throw new AssertionError("no failure of the connection's", failure);
        }
    }

    /** Nobody else knows of it. */
    @Test
    void shouldCloseAConnectionWhoseTaskFails() throws Exception {
        Listener listener = listen(client -> client.whenReadable(FAULTY));

        expectNoMore(connect(listener).send("hello"));

        expectSaid(1, "injected");
        expectThatTheLoopGoesOn();
    }

    @Test
    void shouldCloseAKilledConnectionWhoseTaskFails() throws Exception {
        CompletableFuture<Connection> waiting = new CompletableFuture<>();
        Listener listener = listen(client -> {
            client.whenReadable(FAULTY);
            waiting.complete(client);
        });
        Peer peer = connect(listener);

        get(waiting).kill();

        expectNoMore(peer);
        expectSaid(1, "injected");
    }

    @Test
    void shouldCloseAllConnectionsAtItsEndWhateverTheirTasksDo() throws Exception {
        int connections = 5;
        CountDownLatch waiting = new CountDownLatch(connections);
        Listener listener = listen(client -> {
            client.whenReadable(FAULTY);
            waiting.countDown();
        });
        for (int i = 0; i < connections; i++) {
            connect(listener);
        }
        waiting.await();

        transport.close();
        transport = null;

        expectSaid(connections, "injected");
    }

    // ---- relays ----

    /** Lets nothing through, and throws when it is asked for the so-many-th time. */
    private static Meter throwingAt(int call) {
        return new Meter() {
            private int calls;

            @Override
            public int grant(int bytes, long nowNs) {
                calls++;
                if (calls == call) {
                    throw injected();
                }
                return 0;
            }

            @Override
            public long resumeNs() {
                return System.nanoTime() + 1_000_000;
            }
        };
    }

    @Test
    void shouldEndARelayThatFailsAtItsBeginning() throws Exception {
        Pair pair = open(new Script()
                .before(client -> client.receive(FOREVER))
                .limits(relay -> relay.meterToServer = throwingAt(1)));

        pair.client.send("hello");

        expectKilled(pair, "injected");
    }

    @Test
    void shouldEndARelayThatFailsInAnEvent() throws Exception {
        Pair pair = open(relay -> relay.meterToServer = throwingAt(1));
        pair.inner(true);

        pair.client.send("hello");

        expectKilled(pair, "injected");
    }

    @Test
    void shouldEndARelayThatFailsWhenItIsToGoOn() throws Exception {
        Pair pair = open(relay -> relay.meterToClient = throwingAt(2));

        pair.server().send("hello");

        expectKilled(pair, "injected");
    }

    private void expectKilled(Pair pair, String fault) throws Exception {
        assertThat(pair.end()).isEqualTo(Relay.End.KILLED);
        expectSaid(1, fault);
        expectThatTheLoopGoesOn();
    }

    /** Without its timer it would never be looked at again. */
    @Test
    void shouldEndARelayWhoseLimitsFail() throws Exception {
        CompletableFuture<Relay.End> end = outcomeOf((client, server) -> {
            Relay relay = new Relay();
            relay.serverIdleNs = SHORT_NS;
            breakLimitsSoon(client, "relay");
            client.loop().relay(client, server, relay);
            return relay.end;
        });

        assertThat(get(end)).isEqualTo(Relay.End.KILLED);
        expectSaid(1, "NullPointerException");
    }

    @Test
    void shouldEndAForwardWhoseLimitsFail() throws Exception {
        CompletableFuture<Forward.End> end = outcomeOf((client, server) -> {
            Forward forward = new Forward().want(1000);
            forward.sourceIdleNs = SHORT_NS;
            breakLimitsSoon(client, "forward");
            client.loop().forward(client, server, forward);
            return forward.end;
        });

        assertThat(get(end)).isEqualTo(Forward.End.KILLED);
        expectSaid(1, "NullPointerException");
    }

    /** What a session does with both its connections. */
    private interface Use<E> {
        E of(Connection client, Connection server);
    }

    /** What came of it, between a client that says nothing and a server that says it again. */
    private <E> CompletableFuture<E> outcomeOf(Use<E> use) throws Exception {
        CompletableFuture<E> end = new CompletableFuture<>();
        Endpoint endpoint = echoOrigin().endpoint();
        Listener listener = listen(client -> {
            Connection server = client.loop().connect(endpoint, new ConnectOptions(), FOREVER);
            end.complete(use.of(client, server));
            server.reset();
            client.reset();
        });
        connect(listener);
        return end;
    }

    /**
     * Before a limit can pass that begins now: as a fault of the transport's own would, since no caller can make them fail. A timer
     * that is due earlier fires earlier, however late both are.
     */
    private static void breakLimitsSoon(Connection connection, String whose) {
        connection.loop().schedule(connection.loop().nanoTime(), () -> {
            try {
                Object limits = valueOf("limits", valueOf("mover", connection));
                field(whose, limits).set(limits, null);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static Object valueOf(String name, Object holder) throws ReflectiveOperationException {
        return field(name, holder).get(holder);
    }

    private static Field field(String name, Object holder) throws ReflectiveOperationException {
        Field field = holder.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
