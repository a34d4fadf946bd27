package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.Patience;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a soft stop ends the connections of HTTP clients, and who is not listened to at all. */
@DisplayName("shutdown, and sockets")
final class BehaviourShutdownTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";
    private static final String CLOSE = "\r\nconnection: close\r\n";

    private static String configuration(String global, String frontend) {
        return """
                global
                    nbthread 1
                    %s
                defaults
                    mode http
                    timeout client 60s
                    timeout connect 5s
                    timeout server 60s
                frontend fe
                    bind 127.0.0.1:@fe@
                    %s
                    http-request return status 200
                """.formatted(global, frontend);
    }

    /** A client that has been served, and waits. */
    private static BehaviourPeer served(BehaviourScene scene) throws IOException {
        var client = scene.client("fe").send(REQUEST);
        assertFalse(client.readHead().contains(CLOSE));
        return client;
    }

    private static void stopSoftly(BehaviourScene scene) throws IOException {
        scene.running().softStop();
        Patience.await().until(() -> isRefused(scene));
    }

    private static boolean isRefused(BehaviourScene scene) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), scene.port("fe"))) {
            return !socket.isConnected();
        } catch (ConnectException e) {
            return true;
        }
    }

    @OnEveryEngine
    void shouldCloseAnIdleConnectionOnlyAfterItsNextResponse(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(configuration("", "option idle-close-on-response"));
            var client = served(scene);

            stopSoftly(scene);
            client.send(REQUEST);

            assertTrue(client.readHead().contains(CLOSE));
            client.expectEnd().close();
            assertEquals(0, scene.running().awaitEnd());
        }
    }

    @OnEveryEngine
    void shouldLeaveItToClientsToCloseTheirConnections(BehaviourEngine engine) throws Exception {
        assertLeavesOpen(engine, "infinite");
    }

    /** At the beginning of three weeks the chance to be closed is none to speak of. */
    @OnEveryEngine
    void shouldCloseFewConnectionsWhileMuchOfTheTimeIsLeft(BehaviourEngine engine) throws Exception {
        assertLeavesOpen(engine, "20d");
    }

    /** A client that speaks on while the proxy stops is served as before, and the proxy ends when it has left. */
    private static void assertLeavesOpen(BehaviourEngine engine, String spreadTime) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(configuration("close-spread-time " + spreadTime, ""));
            var client = served(scene);

            stopSoftly(scene);
            client.send(REQUEST);

            assertFalse(client.readHead().contains(CLOSE));
            client.close();
            assertEquals(0, scene.running().awaitEnd());
        }
    }

    @OnEveryEngine
    void shouldHaveClosedAllWhenTheTimeIsOver(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(configuration("close-spread-time 200ms", ""));
            var first = served(scene);
            var second = served(scene);
            var third = served(scene);

            scene.running().softStop();

            first.expectEnd();
            second.expectEnd();
            third.expectEnd();
            assertEquals(0, scene.running().awaitEnd());
        }
    }

    private static boolean mayBindPrivilegedPorts() {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), privilegedPort()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int privilegedPort() {
        return 1000 + (int) (ProcessHandle.current().pid() % 20);
    }

    @OnEveryEngine
    void shouldNotServeWhoComesFromAPrivilegedPort(BehaviourEngine engine) throws Exception {
        assumeTrue(mayBindPrivilegedPorts(), "only root may take such a port, and it has to be free");
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(configuration("harden.reject-privileged-ports.tcp on", ""));

            try (var stranger = new Socket()) {
                stranger.setReuseAddress(true);
                stranger.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), privilegedPort()));
                stranger.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), scene.port("fe")));
                assertEquals(-1, stranger.getInputStream().read());
            }
            served(scene).close();
        }
    }

    /** Only then is an address of this process nobody else's. */
    @OnEveryEngine
    void shouldHaveAnAddressForItselfWithoutReusePort(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(configuration("noreuseport", ""));

            served(scene).close();
            assertFalse(isShared(scene));
        }
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(configuration("", ""));

            assertTrue(isShared(scene));
        }
    }

    private static boolean isShared(BehaviourScene scene) throws IOException {
        try (var other = new java.net.ServerSocket()) {
            other.setOption(java.net.StandardSocketOptions.SO_REUSEPORT, true);
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), scene.port("fe")));
            return true;
        } catch (java.net.BindException e) {
            return false;
        }
    }

    @Test
    void shouldHaveNoMoreLoopsThanAllowed(@TempDir Path folder) throws Exception {
        int port = Peers.freePort();
        String text = configuration("thread-hard-limit 2", "").replace("@fe@", Integer.toString(port));
        Configurations.file(folder, text.replace("nbthread 1", "nbthread 3"));

        try (var weir = Weir.start(folder, "-db", "-f", "haproxy.cfg")) {
            weir.says(
                            "nbthread forced to a higher value (3) than the configured thread-hard-limit (2), enforcing the limit.")
                    .says("2 event loop(s)");
        }
        Configurations.file(folder, text);
        try (var weir = Weir.start(folder, "-db", "-f", "haproxy.cfg")) {
            weir.says("1 event loop(s)");
        }
    }
}
