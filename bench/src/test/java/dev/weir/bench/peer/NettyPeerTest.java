package dev.weir.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NettyPeerTest {
    @Test
    void shouldPassOnBothDirectionsAndTheirEnds() throws IOException, InterruptedException {
        assumeTrue(NettyPeer.refusal().isEmpty(), NettyPeer::refusal);
        byte[] up = new byte[3_000_000];
        byte[] down = new byte[5_000_000];
        Arrays.fill(up, (byte) 'u');
        Arrays.fill(down, (byte) 'd');

        try (ServerSocket origin = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                NettyPeer peer = new NettyPeer(0, origin.getLocalPort(), 1);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), peer.port())) {
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> serve(origin, down));
            Thread.startVirtualThread(() -> write(client, up));

            assertThat(client.getInputStream().readAllBytes()).isEqualTo(down);
            assertThat(received.join()).isEqualTo(up);
        }
    }

    /** Reads to the end, answers only then. */
    private static byte[] serve(ServerSocket origin, byte[] answer) {
        try (Socket server = origin.accept()) {
            byte[] received = server.getInputStream().readAllBytes();
            server.getOutputStream().write(answer);
            return received;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
