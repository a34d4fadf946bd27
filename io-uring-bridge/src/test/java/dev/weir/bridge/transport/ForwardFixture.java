package dev.weir.bridge.transport;

import java.util.concurrent.CompletableFuture;

/** Forwards between two outer ends that the test plays itself. */
abstract class ForwardFixture extends RelayFuzzContract {
    static final int MIB = 1 << 20;

    /** A session that has both sides. */
    interface Exchange {
        void run(Connection client, Connection server) throws Exception;
    }

    /** Both outer ends; the session between them runs the exchange. */
    record Ends(
            Peer client,
            CompletableFuture<Void> connected,
            CompletableFuture<Peer> server,
            CompletableFuture<Void> over) {
        /** Only when the session has it too: a server that resets before would fail the connect. */
        Peer awaitServer() throws Exception {
            get(connected);
            return get(server);
        }

        void awaitEnd() throws Exception {
            get(over);
        }
    }

    final Ends between(Exchange exchange) throws Exception {
        return between(socket -> {}, exchange);
    }

    final Ends between(java.util.function.Consumer<SocketOptions> sockets, Exchange exchange) throws Exception {
        CompletableFuture<Void> connected = new CompletableFuture<>();
        CompletableFuture<Peer> server = new CompletableFuture<>();
        CompletableFuture<Void> over = new CompletableFuture<>();
        CompletableFuture<Void> testIsOver = new CompletableFuture<>();
        Origin origin = origin(peer -> {
            server.complete(peer);
            testIsOver.get();
        });
        closing(() -> testIsOver.complete(null));
        ListenOptions options = loopback("127.0.0.1");
        ConnectOptions connecting = new ConnectOptions();
        sockets.accept(options.socket);
        sockets.accept(connecting.socket);
        Listener listener = listen(loop(), options, client -> {
            Connection connection = client.loop().connect(origin.endpoint(), connecting, FOREVER);
            connected.complete(null);
            try {
                exchange.run(client, connection);
                over.complete(null);
            } catch (Exception | AssertionError failure) {
                over.completeExceptionally(failure);
                throw failure;
            } finally {
                connection.close();
                client.close();
            }
        });
        return new Ends(connect(listener), connected, server, over);
    }

    static void narrow(SocketOptions options) {
        options.sendBufferBytes = 16384;
        options.receiveBufferBytes = 16384;
    }

    static Forward forward(Connection source, Connection target, long bytes) {
        Forward forward = new Forward().want(bytes);
        source.loop().forward(source, target, forward);
        return forward;
    }
}
