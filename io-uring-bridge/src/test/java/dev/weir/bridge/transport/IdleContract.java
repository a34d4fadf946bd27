package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.ConnectionFailure.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Hearing of input without a virtual thread. */
abstract class IdleContract extends ConnectionContract {
    @Test
    void shouldServeAConnectionWhoseThreadHasLeft() throws Exception {
        AtomicInteger served = new AtomicInteger();
        Listener listener = listen(client -> serveOne(client, served));
        Peer peer = connect(listener);

        for (int i = 0; i < 100; i++) {
            assertThat(peer.send("ping").readText(4)).isEqualTo("ping");
            patiently(() -> assertThat(figures(loop()).virtualThreads()).isZero());
        }

        assertThat(served).hasValue(100);
        peer.halfClose();
        assertThat(peer.readTextToEnd()).isEmpty();
    }

    /** What comes while nobody waits may fill a block behind one that is not full. */
    @Test
    void shouldShowAllThatItSaysItHoldsWhateverCameInBetween() throws Exception {
        byte[] bytes = randomBytes(seeded("ahead"), 60_000);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        Listener listener = listen(client -> client.whenReadable(() -> {
            begun.countDown();
            client.loop().start(() -> received.complete(takeBySight(client, bytes.length)));
        }));

        Peer peer = connect(listener).send(bytes, 0, 200);
        begun.await();
        peer.send(bytes, 200, bytes.length - 200);

        assertThat(get(received)).isEqualTo(bytes);
    }

    /** Looks at as much as a connection holds before it takes any of it. */
    private static byte[] takeBySight(Connection client, int count) {
        byte[] taken = new byte[count];
        int at = 0;
        try {
            while (at < count) {
                while (client.available() < Math.min(count - at, client.inputBytesMax())) {
                    client.receive(FOREVER);
                }
                int held = client.available();
                client.input().getBytes(0, taken, at, held);
                client.consume(held);
                at += held;
            }
        } catch (ConnectionFailure failure) {
            throw new AssertionError(failure);
        }
        client.close();
        return taken;
    }

    /** A session a message: each leaves when it has answered. */
    private static void serveOne(Connection client, AtomicInteger served) {
        try {
            if (client.available() == 0 && client.receive(FOREVER) == Connection.END_OF_STREAM) {
                client.close();
                return;
            }
            served.incrementAndGet();
            client.write(client.input(), 0, client.available(), FOREVER);
            client.consume(client.available());
            client.whenReadable(() -> client.loop().start(() -> serveOne(client, served)));
        } catch (ConnectionFailure e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldTellATaskOfTheEndAndOfAReset() throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        CompletableFuture<String> failed = new CompletableFuture<>();
        CountDownLatch both = new CountDownLatch(2);
        Listener listener = listen(client -> {
            CompletableFuture<String> told = both.getCount() == 2 ? ended : failed;
            client.whenReadable(() -> {
                told.complete(client.available() + " " + client.inputEnded() + " " + client.inputFailed());
                client.close();
            });
            both.countDown();
        });
        Peer ending = connect(listener);
        patiently(() -> assertThat(both.getCount()).isEqualTo(1));
        Peer resetting = connect(listener);
        both.await();

        ending.halfClose();
        resetting.reset();

        assertThat(get(ended)).isEqualTo("0 true false");
        assertThat(get(failed)).isEqualTo("0 false true");
    }

    @Test
    void shouldRefuseATaskWhenThereIsSomethingAlready() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        Listener listener = listen(client -> {
            client.receive(FOREVER);
            boolean first = client.whenReadable(() -> {
                throw new AssertionError("was not kept");
            });
            client.consume(client.available());
            while (client.receive(FOREVER) != Connection.END_OF_STREAM) {
                client.consume(client.available());
            }
            boolean second = client.whenReadable(() -> {
                throw new AssertionError("was not kept");
            });
            seen.complete(first + " " + second);
        });

        connect(listener).send("early").halfClose();

        assertThat(get(seen)).isEqualTo("false false");
    }

    @Test
    void shouldForgetATaskThatIsTakenBack() throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        Listener listener = listen(client -> {
            Runnable never = () -> {
                throw new AssertionError("was taken back");
            };
            client.whenReadable(never);
            client.whenReadable(null);
            client.whenReadable(never);
            received.complete(take(client, 5));
        });

        connect(listener).send("hello");

        assertThat(get(received)).isEqualTo("hello");
    }

    @Test
    void shouldTellATaskOfAKill() throws Exception {
        AtomicReference<Connection> idle = new AtomicReference<>();
        CompletableFuture<Kind> told = new CompletableFuture<>();
        Listener listener = listen(client -> {
            client.whenReadable(() -> {
                told.complete(failureOf(() -> client.receive(FOREVER)));
                client.close();
            });
            idle.set(client);
        });
        connect(listener);
        patiently(() -> assertThat(idle.get()).isNotNull());

        idle.get().kill();

        assertThat(get(told)).isEqualTo(Kind.KILLED);
    }

    /** A connection to a server serves one session after the other; between them it waits without a thread. */
    @Test
    void shouldMoveFromSessionToSession() throws Exception {
        Origin origin = echoOrigin();
        AtomicReference<Connection> pooled = new AtomicReference<>();
        AtomicInteger connects = new AtomicInteger();
        Listener listener = listen(client -> {
            while (client.receive(FOREVER) != Connection.END_OF_STREAM) {
                Connection server = pooled.getAndSet(null);
                if (server == null) {
                    connects.incrementAndGet();
                    server = client.loop().connect(origin.endpoint(), new ConnectOptions(), FOREVER);
                }
                int length = client.available();
                server.write(client.input(), 0, length, FOREVER);
                client.consume(length);
                write(client, take(server, length));
                Connection idle = server;
                assertThat(server.whenReadable(() -> {
                            pooled.compareAndSet(idle, null);
                            idle.close();
                        }))
                        .isTrue();
                pooled.set(server);
            }
        });
        Peer one = connect(listener);
        Peer two = connect(listener);

        for (int i = 0; i < 50; i++) {
            assertThat(one.send("one").readText(3)).isEqualTo("one");
            assertThat(two.send("second").readText(6)).isEqualTo("second");
        }

        assertThat(connects).hasValue(1);
        origin.close();
        patiently(() -> assertThat(pooled).hasValue(null));
    }
}
