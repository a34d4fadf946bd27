package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A process that has no descriptor left keeps serving, says why it takes nobody new, and recovers. */
abstract class ExhaustionContract extends OptionsContract {
    /** A class that is first needed when no file can be opened would be missing for ever. */
    @BeforeAll
    static void loadAllClasses() throws Exception {
        Path root = Path.of(Transport.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".class")).toList()) {
                    String name = root.relativize(file).toString().replace('/', '.');
                    Class.forName(
                            name.substring(0, name.length() - ".class".length()),
                            false,
                            Transport.class.getClassLoader());
                }
            }
        }
    }

    /** Holds every descriptor that the process may have, until it is closed. */
    private static final class NoDescriptorsLeft implements AutoCloseable {
        private final Kernel kernel = new Kernel();
        private final long limitBefore = kernel.openFilesLimit(0)[0];
        private final Deque<SocketChannel> fillers = new ArrayDeque<>();

        NoDescriptorsLeft() throws IOException {
            kernel.openFilesLimit(highestDescriptor() + 1);
            try {
                while (true) {
                    fillers.push(SocketChannel.open());
                }
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("Too many open files");
            }
        }

        private static long highestDescriptor() throws IOException {
            try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
                return descriptors
                        .mapToLong(path -> Long.parseLong(path.getFileName().toString()))
                        .max()
                        .orElseThrow();
            }
        }

        void check() {
            assertThatThrownBy(SocketChannel::open).hasMessageContaining("Too many open files");
        }

        @Override
        public void close() throws IOException {
            kernel.openFilesLimit(limitBefore);
            for (SocketChannel filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void shouldKeepServingWhenNoDescriptorIsLeftAndRecover() throws Exception {
        Listener listener = listen(TransportFixture::echo);
        Peer served = connect(listener).send("before");
        assertThat(served.readText(6)).isEqualTo("before");
        List<Peer> waiting = List.of(unconnected(), unconnected(), unconnected());
        // The kernel may look at the limit when it is asked to accept, not when somebody comes.
        listener.pause();
        figures(loop());

        try (NoDescriptorsLeft full = new NoDescriptorsLeft()) {
            for (Peer peer : waiting) {
                peer.channel().connect(Peer.addressOf(listener));
                peer.send("queued");
            }
            listener.resume();
            patiently(() -> assertThat(logLines).anyMatch(line -> line.contains("Too many open files")));
            full.check();
            assertThat(served.send("during").readText(6)).isEqualTo("during");
        }

        for (Peer peer : waiting) {
            assertThat(peer.readText(6)).isEqualTo("queued");
        }
        assertThat(logLines).as("said once").hasSize(1);
    }

    private Peer unconnected() throws IOException {
        return closing(new Peer(SocketChannel.open()));
    }

    @Test
    void shouldFailToConnectWhenNoDescriptorIsLeft() throws Exception {
        ServerSocketChannel server = closing(ServerSocketChannel.open());
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
        Endpoint endpoint = new Endpoint.Inet(address.getAddress(), address.getPort());
        EventLoop loop = loop();

        try (NoDescriptorsLeft full = new NoDescriptorsLeft()) {
            CompletableFuture<Kind> kind =
                    onLoop(loop, () -> failureOf(() -> loop.connect(endpoint, new ConnectOptions(), FOREVER)));
            assertThat(get(kind)).isEqualTo(Kind.NO_RESOURCE);
            full.check();
        }

        CompletableFuture<Void> later = onLoop(loop, () -> {
            loop.connect(endpoint, new ConnectOptions(), FOREVER).close();
            return null;
        });
        assertThat(later).succeedsWithin(Duration.ofSeconds(30));
    }
}
