package dev.weir.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.FreePort;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a whole HTTP exchange allocates, on the thread of its loop and on that of the log: keep-alive on both sides, a pooled
 * connection to the server, five ACLs, three header rules and a line of httplog for each request.
 */
@Timeout(180)
class ExchangeAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int EXCHANGES = 5_000;
    private static final int ROUNDS_MAX = 100;
    private static final String REQUEST = "GET /static/a?b=c HTTP/1.1\r\nhost: www.example.org\r\ncookie: a=b\r\n\r\n";
    private static final String RESPONSE = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nserver: s\r\n\r\nhello";

    @TempDir
    private Path folder;

    private final ByteBuffer request = text(REQUEST);
    private final ByteBuffer response = text(RESPONSE);
    private final ByteBuffer in = ByteBuffer.allocateDirect(16384);

    private static ByteBuffer text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static String configuration(int port, int serverPort, int logPort) {
        return """
                global
                    nbthread 1
                    log 127.0.0.1:%d local0
                defaults
                    mode http
                    log global
                    option httplog
                    timeout client 60s
                    timeout server 60s
                    timeout connect 5s
                frontend fe
                    bind 127.0.0.1:%d
                    acl is_static path_beg /static
                    acl is_www hdr(host) -i www.example.org
                    acl is_post method POST
                    acl is_local src 127.0.0.0/8
                    acl has_cookie cook(a) -m found
                    http-request set-header x-forwarded-proto http if is_static is_www
                    http-request add-header x-local yes if is_local !is_post
                    http-request deny if is_post has_cookie
                    http-response del-header server
                    default_backend be
                backend be
                    http-reuse always
                    server s1 127.0.0.1:%d pool-purge-delay 10m
                """.formatted(logPort, port, serverPort);
    }

    @Test
    void shouldServeARequestWithoutAllocating() throws Exception {
        assertAllocatesNothing(1);
    }

    /** More at once than are kept of anything in any case. */
    @Test
    void shouldServeManyRequestsAtOnceWithoutAllocating() throws Exception {
        assertAllocatesNothing(300);
    }

    @SuppressWarnings("try") // it serves
    private void assertAllocatesNothing(int clients) throws Exception {
        InetAddress host = InetAddress.getLoopbackAddress();
        int port = FreePort.next();
        try (var origin = ServerSocketChannel.open().bind(new InetSocketAddress(host, 0), clients);
                var log = DatagramChannel.open().bind(new InetSocketAddress(host, 0))) {
            int serverPort = ((InetSocketAddress) origin.getLocalAddress()).getPort();
            int logPort = ((InetSocketAddress) log.getLocalAddress()).getPort();
            Path file = Files.writeString(folder.resolve("haproxy.cfg"), configuration(port, serverPort, logPort));
            try (var weir = InProcess.start(file, "best");
                    var pairs = new Pairs()) {
                for (int i = 0; i < clients; i++) {
                    pairs.open(new InetSocketAddress(host, port), origin);
                }
                pairs.answerAll();

                assertThat(bytesOfExchanges(pairs))
                        .as("bytes in %d exchanges, %d at once", EXCHANGES, clients)
                        .isLessThan(EXCHANGES);
            }
        }
    }

    /** Clients, and as many connections of the proxy to its server, all busy at once: which serves whom does not matter. */
    private final class Pairs implements AutoCloseable {
        private final List<SocketChannel> clients = new ArrayList<>();
        private final List<SocketChannel> servers = new ArrayList<>();

        void open(InetSocketAddress address, ServerSocketChannel origin) throws IOException {
            clients.add(SocketChannel.open(address));
            send(clients.getLast(), request);
            servers.add(origin.accept());
        }

        void askAll() throws IOException {
            for (SocketChannel client : clients) {
                send(client, request);
            }
        }

        void answerAll() throws IOException {
            for (SocketChannel server : servers) {
                receiveRequest(server);
                send(server, response);
            }
            for (SocketChannel client : clients) {
                receiveResponse(client);
            }
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel client : clients) {
                client.close();
            }
            for (SocketChannel server : servers) {
                server.close();
            }
        }
    }

    /** Of the first round of compiled code that allocates nothing, or of the last. */
    private static long bytesOfExchanges(Pairs pairs) throws IOException {
        long[] threads = threads();
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS_MAX && bytes >= EXCHANGES; round++) {
            long before = allocated(threads);
            for (int done = 0; done < EXCHANGES; done += pairs.clients.size()) {
                pairs.askAll();
                pairs.answerAll();
            }
            bytes = allocated(threads) - before;
        }
        return bytes;
    }

    private static long[] threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("weir"))
                .mapToLong(Thread::threadId)
                .toArray();
    }

    private static long allocated(long[] threads) {
        long bytes = 0;
        for (long thread : threads) {
            bytes += THREADS.getThreadAllocatedBytes(thread);
        }
        return bytes;
    }

    private static void send(SocketChannel channel, ByteBuffer bytes) throws IOException {
        bytes.rewind();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** To the empty line: there is no body. */
    private void receiveRequest(SocketChannel server) throws IOException {
        in.clear();
        while (in.position() < 4 || in.getInt(in.position() - 4) != 0x0D0A0D0A) {
            receive(server);
        }
    }

    private void receiveResponse(SocketChannel client) throws IOException {
        in.clear();
        while (in.position() < 5 || in.get(in.position() - 5) != 'h' || in.get(in.position() - 1) != 'o') {
            receive(client);
        }
    }

    private void receive(SocketChannel channel) throws IOException {
        if (channel.read(in) < 0) {
            throw new IOException("ended");
        }
    }
}
