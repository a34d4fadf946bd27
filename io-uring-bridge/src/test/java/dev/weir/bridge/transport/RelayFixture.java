package dev.weir.bridge.transport;

import java.nio.channels.SocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A relay between two peers that the test plays itself. */
abstract class RelayFixture extends ConnectingContract {
    /** What the session under test is made of. Filled before it starts. */
    protected static final class Script {
        Consumer<Relay> limits = relay -> {};
        Session before = client -> {};
        Consumer<SocketOptions> sockets = options -> {};

        Script limits(Consumer<Relay> limits) {
            this.limits = limits;
            return this;
        }

        /** What the session does with the client before it relays. */
        Script before(Session before) {
            this.before = before;
            return this;
        }

        /** Options of both sides' sockets. */
        Script sockets(Consumer<SocketOptions> sockets) {
            this.sockets = sockets;
            return this;
        }
    }

    /** The two outer ends of one relay, and how it ended. */
    protected static final class Pair {
        final Peer client;
        private final CompletableFuture<Peer> server;
        private final CompletableFuture<Relay> ended;
        /** The inner ends: the client's, the server's. */
        private final CompletableFuture<Connection[]> inner;

        Pair(
                Peer client,
                CompletableFuture<Peer> server,
                CompletableFuture<Relay> ended,
                CompletableFuture<Connection[]> inner) {
            this.client = client;
            this.server = server;
            this.ended = ended;
            this.inner = inner;
        }

        Peer server() throws Exception {
            return get(server);
        }

        Connection inner(boolean ofClient) throws Exception {
            return get(inner)[ofClient ? 0 : 1];
        }

        Relay relay() throws Exception {
            return get(ended);
        }

        Relay.End end() throws Exception {
            return relay().end;
        }

        boolean isOver() {
            return ended.isDone();
        }
    }

    /** A listener whose sessions relay to a server that does nothing by itself. */
    protected final class Relaying {
        private final BlockingQueue<CompletableFuture<Peer>> awaited = new LinkedBlockingQueue<>();
        private final BlockingQueue<Pair> pairs = new LinkedBlockingQueue<>();
        private final Listener listener;

        Relaying(Script script) throws Exception {
            CompletableFuture<Void> over = new CompletableFuture<>();
            Origin origin = origin(peer -> {
                awaited.take().complete(peer);
                over.get();
            });
            closing(() -> over.complete(null));
            ListenOptions listening = loopback("127.0.0.1");
            ConnectOptions connecting = new ConnectOptions();
            script.sockets.accept(listening.socket);
            script.sockets.accept(connecting.socket);
            listener = listen(loop(), listening, client -> {
                Pair pair = pairs.remove();
                script.before.run(client);
                Relay relay = new Relay();
                script.limits.accept(relay);
                relayTo(origin.endpoint(), connecting, client, relay, pair);
                pair.ended.complete(relay);
            });
        }

        /** A server that resets at once may do so before its connection counts as open. */
        private void relayTo(Endpoint endpoint, ConnectOptions options, Connection client, Relay relay, Pair pair)
                throws ConnectionFailure {
            try {
                Connection server = client.loop().connect(endpoint, options, FOREVER);
                pair.inner.complete(new Connection[] {client, server});
                run(client, server, relay);
            } catch (ConnectionFailure failure) {
                if (failure.kind() != ConnectionFailure.Kind.RESET) {
                    throw failure;
                }
                relay.end = Relay.End.SERVER_FAILED;
                client.reset();
            }
        }

        /** One session at a time is set up, so that both ends belong together. */
        Pair open() throws Exception {
            CompletableFuture<Peer> server = new CompletableFuture<>();
            awaited.add(server);
            Peer client = new Peer(SocketChannel.open());
            Pair pair = new Pair(closing(client), server, new CompletableFuture<>(), new CompletableFuture<>());
            pairs.add(pair);
            client.channel().connect(Peer.addressOf(listener));
            return pair;
        }
    }

    protected Pair open(Script script) throws Exception {
        return new Relaying(script).open();
    }

    protected Pair open(Consumer<Relay> limits) throws Exception {
        return open(new Script().limits(limits));
    }

    /** Relays, then closes both sides as a proxy would: in order unless a side has failed. */
    protected static void run(Connection client, Connection server, Relay relay) {
        client.loop().relay(client, server, relay);
        boolean isOrderly = switch (relay.end) {
            case FINISHED, CLIENT_TIMED_OUT, SERVER_TIMED_OUT -> true;
            case CLIENT_FAILED, SERVER_FAILED, KILLED, SERVER_SPOKE -> false;
        };
        if (isOrderly) {
            client.close();
            server.close();
        } else {
            client.reset();
            server.reset();
        }
    }
}
