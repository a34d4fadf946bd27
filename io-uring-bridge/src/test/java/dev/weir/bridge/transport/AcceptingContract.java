package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who gets a connection, and when: at limits, beside other listeners, and while one closes. */
abstract class AcceptingContract extends ListeningContract {
    /**
     * The kernel's queue is filled one by one, and few come late: many at once would be sent SYN cookies, and then it is the
     * kernel that forgets some.
     */
    @Test
    void shouldLoseNobodyWhenTheBacklogOverflows() throws Exception {
        int backlog = 4;
        ListenOptions options = loopback("127.0.0.1");
        options.backlog = backlog;
        Listener listener = listen(loop(), options, TransportFixture::echo);
        listener.pause();
        listener.pause();
        figures(loop());
        List<Peer> queued = new ArrayList<>();
        for (int i = 0; i <= backlog; i++) {
            queued.add(connect(listener).send("queued"));
        }
        List<CompletableFuture<String>> late = new ArrayList<>();
        for (int i = 0; i < backlog - 1; i++) {
            late.add(beside(() -> {
                try (Peer peer = Peer.connect(listener)) {
                    return peer.send("late").halfClose().readTextToEnd();
                }
            }));
        }
        assertThat(figures(loop()).connectionsOpen()).isZero();

        listener.resume();
        listener.resume();

        for (Peer peer : queued) {
            assertThat(peer.readText(6)).isEqualTo("queued");
        }
        for (CompletableFuture<String> answer : late) {
            assertThat(get(answer)).isEqualTo("late");
        }
    }

    @Test
    void shouldMakeConnectionsWaitAtItsLimit() throws Exception {
        TransportOptions options = new TransportOptions();
        options.connectionsMax = 4;
        start(options);
        Listener listener = listen(TransportFixture::echo);

        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            peers.add(connect(listener).send("wait").halfClose());
        }

        for (Peer peer : peers) {
            assertThat(peer.readTextToEnd()).isEqualTo("wait");
            peer.close();
        }
    }

    @Test
    void shouldEndEveryConnectionOneWayWhenClosedWhileAccepting() throws Exception {
        Listener listener = listen(TransportFixture::echo);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        List<CompletableFuture<Void>> knockers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            knockers.add(beside(() -> {
                while (!over.get()) {
                    knock(listener, served);
                }
                return null;
            }));
        }
        patiently(() -> assertThat(served).hasValueGreaterThan(20));

        listener.close();
        listener.close();

        patiently(() ->
                assertThatThrownBy(() -> Peer.connect(listener).close()).isInstanceOf(java.net.ConnectException.class));
        over.set(true);
        for (CompletableFuture<Void> knocker : knockers) {
            get(knocker);
        }
    }

    /** Served, refused or reset: but it comes to an end. */
    private static void knock(Listener listener, AtomicInteger served) {
        try (Peer peer = Peer.connect(listener)) {
            assertThat(peer.send("knock").halfClose().readTextToEnd()).isEqualTo("knock");
            served.incrementAndGet();
        } catch (java.io.IOException closed) {
            // Refused, or reset in the backlog.
        }
    }

    @Test
    void shouldKeepConnectionsWhenTheirListenerCloses() throws Exception {
        Listener listener = listen(TransportFixture::echo);
        Peer peer = connect(listener).send("a");
        peer.readText(1);

        listener.close();
        patiently(() ->
                assertThatThrownBy(() -> Peer.connect(listener).close()).isInstanceOf(java.net.ConnectException.class));

        assertThat(peer.send("b").halfClose().readTextToEnd()).isEqualTo("b");
    }

    @Test
    void shouldShareAPortBetweenTwoLoops() throws Exception {
        TransportOptions options = new TransportOptions();
        options.loops = 2;
        start(options);
        var counts = new ConcurrentHashMap<Integer, Integer>();
        Listener first = listen(transport.loop(0), loopback("127.0.0.1"), client -> countAndEcho(client, counts));
        ListenOptions same = new ListenOptions(new Endpoint.Inet(
                InetAddress.getByName("127.0.0.1"), first.name().port()));
        listen(transport.loop(1), same, client -> countAndEcho(client, counts));

        for (int i = 0; i < 64; i++) {
            assertThat(connect(first).send("two").halfClose().readTextToEnd()).isEqualTo("two");
        }

        assertThat(counts.keySet()).containsExactlyInAnyOrder(0, 1);
        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(64);
    }

    private static void countAndEcho(Connection client, ConcurrentHashMap<Integer, Integer> counts)
            throws ConnectionFailure {
        assertThat(client.loop().isCurrent()).isTrue();
        counts.merge(client.loop().index(), 1, Integer::sum);
        echo(client);
    }
}
