package dev.weir.bridge.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The transport closes at random moments of random sessions: it ends each time, and nothing is left. */
abstract class ClosingFuzzContract extends ForwardEndContract {
    private static final int ROUNDS = 40;
    private static final int PEERS = 12;

    /** What a session does with its two connections until it has to end. */
    private enum Way {
        RELAY {
            @Override
            void go(Connection client, Connection server) {
                client.loop().relay(client, server, new Relay());
            }
        },
        /** The server speaks while nobody waits for the client. */
        RELAY_LATE {
            @Override
            void go(Connection client, Connection server) throws ConnectionFailure {
                client.watchInput(Thread.currentThread());
                server.write(new UnsafeBuffer("speak".getBytes()), 0, 5, FOREVER);
                try {
                    server.receive(FOREVER);
                } finally {
                    client.loop().relay(client, server, new Relay());
                }
            }
        },
        FORWARD {
            @Override
            void go(Connection client, Connection server) {
                client.watchInput(Thread.currentThread());
                client.loop().forward(client, server, new Forward().want(1000));
                server.loop().forward(server, client, new Forward().want(1000));
            }
        },
        /** A great deal that its peer does not read. */
        WRITE {
            @Override
            void go(Connection client, Connection server) throws ConnectionFailure {
                UnsafeBuffer much = new UnsafeBuffer(new byte[100_000]);
                for (int i = 0; i < 100; i++) {
                    client.write(much, 0, much.capacity(), client.loop().nanoTime() + 20_000_000);
                }
            }
        },
        LEAVE {
            @Override
            void go(Connection client, Connection server) throws ConnectionFailure {
                client.write(new UnsafeBuffer("bye".getBytes()), 0, 3, FOREVER);
                client.close();
                server.receive(FOREVER);
            }
        },
        TASK {
            @Override
            void go(Connection client, Connection server) {
                if (!server.whenReadable(server::reset)) {
                    server.reset();
                }
            }
        };

        private static final Way[] ALL = values();

        abstract void go(Connection client, Connection server) throws ConnectionFailure;
    }

    @Test
    void shouldCloseAtAnyMoment() throws Exception {
        Random random = seeded("closing moments");
        Origin origin = echoOrigin();
        for (int round = 0; round < ROUNDS; round++) {
            Listener listener =
                    listen(client -> serve(client, origin.endpoint(), Way.ALL[random.nextInt(Way.ALL.length)]));
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < PEERS; i++) {
                peers.add(Peer.connect(listener).send(new byte[1 + random.nextInt(3000)]));
            }
            spin(random.nextInt(2_000_000));
            Transport closing = transport;
            transport = null;
            get(beside(() -> {
                closing.close();
                return null;
            }));
            peers.forEach(Peer::close);
        }
    }

    private static void spin(int turns) {
        for (int i = 0; i < turns; i++) {
            Thread.onSpinWait();
        }
    }

    private static void serve(Connection client, Endpoint origin, Way way) {
        Connection server = null;
        try {
            server = client.loop().connect(origin, new ConnectOptions(), FOREVER);
            way.go(client, server);
        } catch (ConnectionFailure endOfTheLoop) {
            // What counts is that everything ends.
        } finally {
            client.close();
            if (server != null && way != Way.TASK) {
                server.close();
            }
        }
    }
}
