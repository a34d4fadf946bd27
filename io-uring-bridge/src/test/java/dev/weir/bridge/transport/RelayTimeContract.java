package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Every inactivity limit of a relay. Tests say which limit ends it and that it does not end before; none says how soon after.
 */
abstract class RelayTimeContract extends RelayEndContract {
    private static final long SHORT_NS = 40_000_000;
    private static final long LONG_NS = 400_000_000;
    /** No pause of a busy machine takes so long. */
    private static final long VERY_LONG_NS = 1_500_000_000;
    /** Nothing in these tests takes so long. */
    private static final long HOURS_NS = 3_600_000_000_000L;

    /** As in HAProxy: its stream counts as ended, and the other way goes on. */
    @Test
    void shouldNotListenToAClientThatIsSilentForTooLong() throws Exception {
        Pair pair = open(relay -> {
            relay.clientIdleNs = SHORT_NS;
            relay.serverIdleNs = HOURS_NS;
        });

        assertThat(pair.server().readTextToEnd()).isEmpty();
        pair.client.send("too late");
        pair.server().send("still there");
        assertThat(pair.client.readText(11)).isEqualTo("still there");
        assertThat(pair.isOver()).isFalse();
        pair.server().halfClose();

        assertThat(pair.end()).isEqualTo(Relay.End.CLIENT_TIMED_OUT);
        assertThat(pair.relay().bytesToServer()).isZero();
        assertThat(pair.relay().bytesToClient()).isEqualTo(11);
    }

    @Test
    void shouldNotListenToAServerThatIsSilentForTooLong() throws Exception {
        Pair pair = open(relay -> {
            relay.clientIdleNs = HOURS_NS;
            relay.serverIdleNs = SHORT_NS;
        });

        assertThat(pair.client.readTextToEnd()).isEmpty();
        pair.client.send("still there").halfClose();

        assertThat(pair.server().readTextToEnd()).isEqualTo("still there");
        assertThat(pair.end()).isEqualTo(Relay.End.SERVER_TIMED_OUT);
    }

    @Test
    void shouldEndWhenBothAreSilentForTooLong() throws Exception {
        long startNs = System.nanoTime();
        Pair pair = open(relay -> {
            relay.clientIdleNs = SHORT_NS;
            relay.serverIdleNs = LONG_NS;
        });

        assertThat(pair.end()).isEqualTo(Relay.End.CLIENT_TIMED_OUT);
        assertThat(System.nanoTime() - startNs).isGreaterThanOrEqualTo(LONG_NS);
    }

    @Test
    void shouldNotListenToASilentSideThatWasSpliced() throws Exception {
        Pair pair = open(relay -> {
            relay.clientIdleNs = SHORT_NS;
            relay.spliceToServer = Splice.ALWAYS;
        });

        assertThat(pair.server().readTextToEnd()).isEmpty();
        pair.server().send("done").halfClose();

        assertThat(pair.client.readTextToEnd()).isEqualTo("done");
        assertThat(pair.end()).isEqualTo(Relay.End.CLIENT_TIMED_OUT);
    }

    @Test
    void shouldCountAgainFromTheLastActivity() throws Exception {
        Pair pair = open(relay -> {
            relay.clientIdleNs = VERY_LONG_NS;
            relay.serverIdleNs = VERY_LONG_NS;
        });
        pair.server();
        long lastNs = 0;

        for (int i = 0; i < 20; i++) {
            lastNs = System.nanoTime();
            pair.client.send("x");
            pair.server().readText(1);
        }

        assertThat(pair.relay().bytesToServer()).isEqualTo(20);
        assertThat(System.nanoTime() - lastNs).isGreaterThanOrEqualTo(VERY_LONG_NS);
    }

    @Test
    void shouldUseTheClientsFinLimitOnceTheServerHasEnded() throws Exception {
        Pair pair = open(relay -> {
            relay.clientIdleNs = HOURS_NS;
            relay.serverIdleNs = HOURS_NS;
            relay.clientFinIdleNs = SHORT_NS;
            relay.serverFinIdleNs = HOURS_NS;
        });

        pair.server().halfClose();

        assertThat(pair.end()).isEqualTo(Relay.End.CLIENT_TIMED_OUT);
        assertThat(pair.relay().halfClosed).isTrue();
        assertThat(pair.relay().clientEndedFirst).isFalse();
    }

    @Test
    void shouldUseTheServersFinLimitOnceTheClientHasEnded() throws Exception {
        Pair pair = open(relay -> {
            relay.clientIdleNs = HOURS_NS;
            relay.serverIdleNs = HOURS_NS;
            relay.clientFinIdleNs = HOURS_NS;
            relay.serverFinIdleNs = SHORT_NS;
        });

        pair.client.halfClose();

        assertThat(pair.end()).isEqualTo(Relay.End.SERVER_TIMED_OUT);
        assertThat(pair.relay().halfClosed).isTrue();
        assertThat(pair.relay().clientEndedFirst).isTrue();
    }

    @Test
    void shouldKeepTheLimitWhereThereIsNoneForHalfClosed() throws Exception {
        Pair pair = open(relay -> {
            relay.clientIdleNs = HOURS_NS;
            relay.serverIdleNs = SHORT_NS;
        });

        pair.client.halfClose();

        assertThat(pair.end()).isEqualTo(Relay.End.SERVER_TIMED_OUT);
        assertThat(pair.relay().halfClosed).isTrue();
    }

    @Test
    void shouldExpectNothingOfAClientThatHasEnded() throws Exception {
        Pair pair = open(relay -> {
            relay.clientIdleNs = SHORT_NS;
            relay.serverIdleNs = LONG_NS;
        });
        pair.server();

        pair.client.halfClose();

        assertThat(pair.end()).isEqualTo(Relay.End.SERVER_TIMED_OUT);
    }

    @Test
    void shouldUseTheTunnelLimitInsteadOfBoth() throws Exception {
        long startNs = System.nanoTime();
        Pair pair = open(relay -> {
            relay.clientIdleNs = SHORT_NS;
            relay.serverIdleNs = SHORT_NS;
            relay.tunnelIdleNs = LONG_NS;
        });

        assertThat(pair.end()).isIn(Relay.End.CLIENT_TIMED_OUT, Relay.End.SERVER_TIMED_OUT);
        assertThat(System.nanoTime() - startNs).isGreaterThanOrEqualTo(LONG_NS);
    }

    @Test
    void shouldNameTheClientThatTakesNothing() throws Exception {
        Pair pair = open(new Script()
                .limits(relay -> {
                    relay.clientIdleNs = 2 * LONG_NS;
                    relay.serverIdleNs = LONG_NS;
                })
                .sockets(RelayTimeContract::narrow));
        sendFromBeside(pair.server());

        assertThat(pair.end()).isEqualTo(Relay.End.CLIENT_TIMED_OUT);
        assertThat(pair.relay().bytesToClient()).isPositive();
    }

    @Test
    void shouldNameTheServerThatTakesNothing() throws Exception {
        Pair pair = open(new Script()
                .limits(relay -> {
                    relay.clientIdleNs = LONG_NS;
                    relay.serverIdleNs = 2 * LONG_NS;
                })
                .sockets(RelayTimeContract::narrow));
        sendFromBeside(pair.client);

        assertThat(pair.end()).isEqualTo(Relay.End.SERVER_TIMED_OUT);
    }

    private static void narrow(SocketOptions options) {
        options.sendBufferBytes = 16384;
        options.receiveBufferBytes = 16384;
    }

    private static void sendFromBeside(Peer sender) {
        beside(() -> {
            while (true) {
                sender.send(new byte[65536]);
            }
        });
    }

    @Test
    void shouldTakeSendingForASignOfLife() throws Exception {
        Pair pair = open(relay -> relay.clientIdleNs = 1_500_000_000);

        talkFor(pair, 2_000_000_000L);
        pair.server().halfClose();
        pair.client.halfClose();

        assertThat(pair.end()).isEqualTo(Relay.End.FINISHED);
    }

    @Test
    void shouldNotTakeSendingForASignOfLifeOfIndependentStreams() throws Exception {
        Pair pair = open(relay -> {
            relay.clientIdleNs = 200_000_000;
            relay.independentStreams = true;
        });

        ScheduledExecutorService talker = talking(pair);
        assertThat(pair.server().readTextToEnd()).isEmpty();
        talker.shutdown();
        assertThat(talker.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        pair.server().halfClose();

        assertThat(pair.end()).isEqualTo(Relay.End.CLIENT_TIMED_OUT);
    }

    private void talkFor(Pair pair, long durationNs) throws Exception {
        ScheduledExecutorService talker = talking(pair);
        long endNs = System.nanoTime() + durationNs;
        while (System.nanoTime() < endNs) {
            pair.client.readBytes(1);
        }
        talker.shutdown();
        assertThat(talker.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    /** The server says something every few milliseconds, the client nothing. */
    private ScheduledExecutorService talking(Pair pair) throws Exception {
        Peer server = pair.server();
        ScheduledExecutorService talker = closing(Executors.newSingleThreadScheduledExecutor());
        talker.scheduleAtFixedRate(
                () -> {
                    try {
                        server.send("x");
                    } catch (java.io.IOException over) {
                        talker.shutdown();
                    }
                },
                0,
                10,
                TimeUnit.MILLISECONDS);
        return talker;
    }
}
