package dev.weir.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.FreePort;
import dev.weir.Patience;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A proxy between clients and origins of the test. In a configuration {@code @name@} is the port of that name: an origin's, the
 * log's ({@code @log@}), or a free one; {@code @folder@} is a folder of the scene's own.
 */
final class BehaviourScene implements Closeable {
    /** What most scenes begin with. */
    static final String PREAMBLE = """
            global
                nbthread 1
                log 127.0.0.1:@log@ local0
            defaults base
                mode tcp
                log global
                log-format "%ft %b/%s %ts in=%U out=%B %ac/%fc/%bc/%sc/%rc %sq/%bq"
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            """;

    private static final Pattern NAME = Pattern.compile("@(\\w+)@");
    private static final Pattern SOCKET = Pattern.compile("(?m)^\\s*stats socket @folder@/(\\S+)");
    private static final Pattern BIND = Pattern.compile("(?m)^\\s*bind\\s.*");

    private final BehaviourEngine engine;
    private final BehaviourLog log;
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, BehaviourOrigin> origins = new HashMap<>();
    private final Deque<Closeable> opened = new ArrayDeque<>();
    private final Path folder;
    private BehaviourEngine.Running running;

    /** Skips the test where the engine is missing. */
    BehaviourScene(BehaviourEngine engine) throws IOException {
        assumeTrue(engine.absence().isEmpty(), () -> engine.absence().orElseThrow());
        this.engine = engine;
        this.log = new BehaviourLog();
        this.folder = Files.createTempDirectory("behaviour");
        ports.put("log", log.port());
    }

    /** Starts the proxy on {@link #PREAMBLE} and what follows. */
    BehaviourScene start(String proxies) throws Exception {
        return startWhole(PREAMBLE + proxies);
    }

    BehaviourScene startWhole(String configuration) throws Exception {
        running = engine.start(write(configuration), listening(configuration));
        SOCKET.matcher(configuration).results().forEach(line -> awaitSocket(line.group(1)));
        return this;
    }

    /** HAProxy opens it after the ports that it was waited for. */
    private void awaitSocket(String name) {
        Patience.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(folder.resolve(name)));
    }

    /** The ports that its bind lines name. */
    private List<Integer> listening(String configuration) {
        return BIND.matcher(configuration)
                .results()
                .flatMap(line -> NAME.matcher(line.group()).results())
                .map(name -> name.group(1))
                .filter(name -> !name.equals("folder"))
                .map(this::port)
                .toList();
    }

    /** Writes the file that the proxy was, or will be, started on. */
    Path write(String configuration) throws IOException {
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, fill(configuration), StandardCharsets.ISO_8859_1);
        return file;
    }

    private String fill(String configuration) {
        return NAME.matcher(configuration)
                .replaceAll(match ->
                        match.group(1).equals("folder") ? folder.toString() : Integer.toString(port(match.group(1))));
    }

    /** The port of a name; the first to ask reserves it. */
    int port(String name) {
        return ports.computeIfAbsent(name, unknown -> FreePort.next());
    }

    /** Gives a name the port of something that the test has started. */
    void port(String name, int known) {
        ports.put(name, known);
    }

    /** The origin of a name, which listens from the first call on. */
    BehaviourOrigin origin(String name) throws IOException {
        BehaviourOrigin origin = origins.get(name);
        if (origin == null) {
            origin = new BehaviourOrigin(port(name), 100);
            origins.put(name, origin);
        }
        return origin;
    }

    /** An origin on all addresses of this machine. */
    void anyOrigin(String name) throws IOException {
        BehaviourOrigin origin = BehaviourOrigin.everywhere();
        origins.put(name, origin);
        ports.put(name, origin.port());
    }

    /** From now on nobody listens there. */
    void closeOrigin(String name) throws IOException {
        origins.remove(name).close();
    }

    /** A port where connecting neither succeeds nor fails: the backlog is full and nobody accepts. */
    void deafOrigin(String name) throws IOException {
        BehaviourOrigin origin = new BehaviourOrigin(1);
        origins.put(name, origin);
        ports.put(name, origin.port());
        boolean isFull = false;
        while (!isFull) {
            Socket filler = keep(new Socket());
            try {
                filler.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), origin.port()), 200);
            } catch (IOException e) {
                isFull = true;
            }
        }
    }

    BehaviourPeer client(String port) throws IOException {
        return keep(new BehaviourPeer(new Socket(InetAddress.getLoopbackAddress(), port(port))));
    }

    /** A client with an address of its own, such as 127.0.0.2. */
    BehaviourPeer clientFrom(String address, String port) throws IOException {
        InetAddress from = InetAddress.getByName(address);
        return keep(new BehaviourPeer(new Socket(InetAddress.getLoopbackAddress(), port(port), from, 0)));
    }

    /** Closes it with the scene. */
    void keepOpen(Closeable closeable) {
        keep(closeable);
    }

    private <T extends Closeable> T keep(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    /** One line for a stats socket in the folder, as socat sends it; the answer to its end. */
    String ask(String socket, String line) throws IOException {
        try (var channel = open(socket)) {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A connection to a socket of the scene. */
    SocketChannel open(String socket) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve(socket)));
    }

    /** Just these characters, and the end of the input behind them. */
    String askExactly(String socket, String text) throws IOException {
        try (var channel = open(socket)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The next line of the log. */
    String log() throws IOException {
        return log.line();
    }

    BehaviourLog logs() {
        return log;
    }

    /** Weir only: HAProxy reloads by starting another process. */
    void reload() {
        ((BehaviourEngine.Inside) running).weir().reload();
    }

    BehaviourEngine.Running running() {
        return running;
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        try {
            for (Closeable one : opened) {
                one.close();
            }
            for (BehaviourOrigin origin : origins.values()) {
                origin.close();
            }
            if (running != null) {
                running.close();
            }
            log.close();
        } finally {
            deleteFolder();
        }
    }

    private void deleteFolder() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
