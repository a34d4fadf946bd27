package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bridge.transport.ConnectionFailure.Kind;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How connections end. */
abstract class ClosingContract extends WritingContract {
    @Test
    void shouldSeeThePeersHalfCloseAndStillSend() throws Exception {
        Listener listener = listen(client -> {
            assertThat(client.receive(FOREVER)).isEqualTo(Connection.END_OF_STREAM);
            send(client, "after your end");
        });

        String answer = connect(listener).halfClose().readTextToEnd();

        assertThat(answer).isEqualTo("after your end");
    }

    @Test
    void shouldHalfCloseAndStillReceive() throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        Listener listener = listen(client -> {
            send(client, "bye");
            client.shutdownOutput();
            client.shutdownOutput();
            received.complete(take(client, 4));
        });
        Peer peer = connect(listener);

        assertThat(peer.readTextToEnd()).isEqualTo("bye");
        peer.send("more");

        assertThat(get(received)).isEqualTo("more");
    }

    @Test
    void shouldSeeDataAndEndThatComeTogether() throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        Listener listener = listen(client -> {
            String text = take(client, 4);
            assertThat(client.receive(FOREVER)).isEqualTo(Connection.END_OF_STREAM);
            received.complete(text);
        });
        listener.pause();
        Peer peer = connect(listener).send("last").halfClose();

        listener.resume();

        assertThat(get(received)).isEqualTo("last");
        assertThat(peer.readTextToEnd()).isEmpty();
    }

    @Test
    void shouldReportAResetByThePeer() throws Exception {
        CompletableFuture<Kind> kind = new CompletableFuture<>();
        Listener listener = listen(client -> {
            take(client, 1);
            kind.complete(failureOf(() -> client.receive(FOREVER)));
        });

        connect(listener).send("x").reset();

        assertThat(get(kind)).isEqualTo(Kind.RESET);
    }

    @Test
    void shouldReportThatThePeerIsGoneWhenSending() throws Exception {
        CompletableFuture<Kind> kind = new CompletableFuture<>();
        CountDownLatch closed = new CountDownLatch(1);
        Listener listener = listen(client -> {
            await(closed, client.loop());
            kind.complete(failureOf(() -> {
                while (true) {
                    send(client, "anybody there?");
                }
            }));
        });
        connect(listener).close();
        closed.countDown();

        assertThat(get(kind)).isIn(Kind.RESET, Kind.BROKEN_PIPE);
    }

    @Test
    void shouldFailASendAfterHalfClose() throws Exception {
        CompletableFuture<Kind> kind = new CompletableFuture<>();
        Listener listener = listen(client -> {
            client.shutdownOutput();
            kind.complete(failureOf(() -> send(client, "too late")));
        });

        connect(listener);

        assertThat(get(kind)).isEqualTo(Kind.BROKEN_PIPE);
    }

    @Test
    void shouldReset() throws Exception {
        Listener listener = listen(client -> {
            take(client, 1);
            client.reset();
            client.reset();
            assertThat(client.isOpen()).isFalse();
        });

        Peer peer = connect(listener).send("x");

        assertThat(peer.isReset()).isTrue();
    }

    @Test
    void shouldDeliverUnsentDataAfterClose() throws Exception {
        byte[] bytes = randomBytes(seeded("unsent data"), 128 << 10);
        CountDownLatch closed = new CountDownLatch(1);
        ListenOptions options = loopback("127.0.0.1");
        options.socket.sendBufferBytes = 1 << 20;
        Listener listener = listen(loop(), options, client -> {
            send(client, bytes);
            client.close();
            client.close();
            closed.countDown();
        });
        Peer peer = closing(Peer.connectNarrow(listener, 4096));

        closed.await();

        assertThat(peer.readToEnd()).isEqualTo(bytes);
    }

    @Test
    void shouldResetWhenClosedWithUnreadInput() throws Exception {
        Listener listener = listen(client -> {
            client.receive(FOREVER);
            assertThat(client.available()).isEqualTo(6);
        });

        Peer peer = connect(listener).send("unread");

        assertThat(peer.isReset()).isTrue();
    }

    @Test
    void shouldCloseWhatTheHandlerLeavesOpen() throws Exception {
        CompletableFuture<Connection> left = new CompletableFuture<>();
        Listener listener = listen(left::complete);

        assertThat(connect(listener).readTextToEnd()).isEmpty();

        patiently(() -> assertThat(get(left).isOpen()).isFalse());
    }

    @Test
    void shouldCloseTheConnectionOfAHandlerThatThrows() throws Exception {
        loop();
        Listener listener = loop().listen(loopback("127.0.0.1"), client -> {
            throw new IllegalStateException("a fault of the session");
        });

        assertThat(connect(listener).readTextToEnd()).isEmpty();

        patiently(() -> assertThat(logLines).anyMatch(line -> line.contains("a fault of the session")));
        logLines.clear();
        listener.close();
    }

    @Test
    void shouldRefuseEverythingAfterClose() throws Exception {
        CompletableFuture<Kind> receiving = new CompletableFuture<>();
        CompletableFuture<Kind> sending = new CompletableFuture<>();
        Listener listener = listen(client -> {
            client.close();
            client.shutdownOutput();
            client.kill();
            assertThat(client.available()).isZero();
            receiving.complete(failureOf(() -> client.receive(FOREVER)));
            sending.complete(failureOf(() -> send(client, "x")));
        });

        connect(listener);

        assertThat(get(receiving)).isEqualTo(Kind.CLOSED);
        assertThat(get(sending)).isEqualTo(Kind.CLOSED);
    }

    @Test
    void shouldDropSilentlyWithoutAnOrderlyEnd() throws Exception {
        CountDownLatch dropped = new CountDownLatch(1);
        Listener listener = listen(client -> {
            client.silentDrop(0);
            assertThat(client.isOpen()).isFalse();
            dropped.countDown();
        });
        Peer peer = connect(listener);
        dropped.await();
        patiently(() -> assertThat(figures(loop()).connectionsOpen()).isZero());
        figures(loop());

        assertThat(hasOrderlyEnd(peer)).isFalse();

        patiently(() -> assertThatThrownBy(() -> peer.send("anybody there?")).isInstanceOf(IOException.class));
    }

    private static boolean hasOrderlyEnd(Peer peer) throws IOException {
        peer.channel().configureBlocking(false);
        try {
            return peer.read(new byte[1], 0, 1) == Peer.END;
        } catch (IOException reset) {
            return false;
        } finally {
            peer.channel().configureBlocking(true);
        }
    }

    @Test
    void shouldResetOpenConnectionsWhenTheTransportCloses() throws Exception {
        CompletableFuture<Kind> kind = new CompletableFuture<>();
        Listener listener = listen(client -> {
            send(client, "x");
            kind.complete(failureOf(() -> client.receive(FOREVER)));
        });
        Peer peer = connect(listener);
        peer.readText(1);

        transport.close();
        transport = null;

        assertThat(get(kind)).isEqualTo(Kind.CLOSED);
        assertThat(peer.isReset()).isTrue();
    }

    @Test
    void shouldHoldItsInputForASessionThatWaitsElsewhereWhenTheLoopEnds() throws Exception {
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        CompletableFuture<String> seen = new CompletableFuture<>();
        Listener listener = listen(client -> {
            client.receive(FOREVER);
            waiting.complete(null);
            while (client.isOpen()) {
                client.loop().parkUntil(client.loop().nanoTime() + 1_000_000);
            }
            seen.complete(
                    client.input().getStringWithoutLengthAscii(0, client.input().capacity()));
            client.close();
        });
        connect(listener).send("request");
        get(waiting);

        transport.close();

        assertThat(get(seen)).isEqualTo("request");
        transport = null;
    }
}
