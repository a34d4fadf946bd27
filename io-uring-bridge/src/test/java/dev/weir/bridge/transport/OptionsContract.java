package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bridge.transport.ConnectionFailure.Kind;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Socket options, and what the kernel knows of a connection. */
abstract class OptionsContract extends ClosingFuzzContract {
    @Test
    void shouldSetWhatIsAskedForOnBothSides() throws Exception {
        Pair pair = open(new Script().sockets(OptionsContract::all));

        pair.client.send("all set").halfClose();

        assertThat(pair.server().readTextToEnd()).isEqualTo("all set");
        pair.server().close();
        assertThat(pair.end()).isEqualTo(Relay.End.FINISHED);
    }

    private static void all(SocketOptions options) {
        options.keepAlive = true;
        options.keepAliveIdleSeconds = 30;
        options.keepAliveIntervalSeconds = 5;
        options.keepAliveCount = 3;
        options.userTimeoutMs = 10_000;
        options.maxSegmentBytes = 1000;
        options.receiveBufferBytes = 65536;
        options.sendBufferBytes = 65536;
        options.tos = 0x10;
        options.congestionControl = "cubic";
    }

    @Test
    void shouldSayWhichOptionOfAListenerIsRefused() throws Exception {
        ListenOptions options = loopback("127.0.0.1");
        options.socket.congestionControl = "no-such-thing";

        assertThatThrownBy(() -> listen(loop(), options, TransportFixture::echo))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("cc");
    }

    @Test
    void shouldFailToConnectWithARefusedOption() throws Exception {
        Endpoint endpoint = echoOrigin().endpoint();
        ConnectOptions options = new ConnectOptions();
        options.socket.congestionControl = "no-such-thing";
        EventLoop loop = loop();

        CompletableFuture<Kind> kind = onLoop(loop, () -> failureOf(() -> loop.connect(endpoint, options, FOREVER)));

        assertThat(get(kind)).isEqualTo(Kind.NO_RESOURCE);
    }

    @Test
    void shouldResetOnCloseWithoutLinger() throws Exception {
        ListenOptions options = loopback("127.0.0.1");
        options.socket.noLinger = true;
        Listener listener = listen(loop(), options, client -> take(client, 1));

        assertThat(connect(listener).send("x").isReset()).isTrue();
    }

    @Test
    void shouldTellTheKernelsFigures() throws Exception {
        CompletableFuture<Long> roundTrip = new CompletableFuture<>();
        Listener listener = listen(client -> {
            take(client, 1);
            client.tos(0x08);
            roundTrip.complete(client.tcpInfo(Connection.TcpInfo.RTT_US));
            client.close();
            assertThat(client.tcpInfo(Connection.TcpInfo.RTT_US)).isEqualTo(-1);
        });

        connect(listener).send("x");

        assertThat(get(roundTrip)).isPositive();
    }

    /** Also between two ticks of the wheel, and also while the loop spins instead of sleeping. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000_000})
    void shouldWakeForAnExactTimer(long spinNs) throws Exception {
        TransportOptions options = new TransportOptions();
        options.spinNs = spinNs;
        EventLoop loop = start(options).loop(0);
        long asleepNs = 700_000;
        CompletableFuture<Long> tookNs = new CompletableFuture<>();

        loop.execute(() -> {
            long startNs = loop.nanoTime();
            loop.exactTimer(() -> tookNs.complete(loop.nanoTime() - startNs)).set(startNs + asleepNs);
        });

        assertThat(get(tookNs)).isGreaterThanOrEqualTo(asleepNs);
    }
}
