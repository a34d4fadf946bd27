package dev.weir.protocol.http1;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A HAProxy with a strict and a tolerant frontend on UNIX sockets. */
final class MessageHaproxy implements AutoCloseable {
    private static final String DEFAULTS = """
            global
              nbthread 1
            defaults
              mode http
              retries 0
              timeout connect 5s
              timeout client 20s
              timeout server 20s
            """;

    private final Process process;
    private final Path strict;
    private final Path tolerant;

    private MessageHaproxy(String program, Path folder, String more) throws IOException, InterruptedException {
        strict = folder.resolve("strict");
        tolerant = folder.resolve("tolerant");
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(
                file, DEFAULTS + more.replace("STRICT", strict.toString()).replace("TOLERANT", tolerant.toString()));
        process = new ProcessBuilder(program, "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start();
        while (!Files.exists(tolerant)) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IOException(Files.readString(folder.resolve("haproxy.log")));
            }
        }
    }

    /** Answers 200 by itself once the request and its body are there. */
    static MessageHaproxy answering(String program, Path folder) throws Exception {
        String rules = "  http-request wait-for-body time 10s\n  http-request return status 200\n";
        return new MessageHaproxy(
                program,
                folder,
                "frontend strict\n  bind unix@STRICT\n" + rules
                        + "frontend tolerant\n  bind unix@TOLERANT\n  option accept-unsafe-violations-in-http-request\n"
                        + rules);
    }

    /** Passes requests on. */
    static MessageHaproxy inFrontOf(String program, Path folder, int port) throws Exception {
        String server = "  server s 127.0.0.1:" + port + "\n";
        return new MessageHaproxy(
                program,
                folder,
                "listen strict\n  bind unix@STRICT\n" + server
                        + "frontend tolerant\n  bind unix@TOLERANT\n  option accept-unsafe-violations-in-http-request\n"
                        + "  default_backend tolerant\n"
                        + "backend tolerant\n  option accept-unsafe-violations-in-http-response\n" + server);
    }

    /** What comes back for these bytes until the connection ends, or until a whole head is there. */
    String ask(byte[] bytes, boolean isTolerant) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(isTolerant ? tolerant : strict));
            ByteBuffer request = ByteBuffer.wrap(bytes);
            StringBuilder answer = new StringBuilder();
            try {
                while (request.hasRemaining()) {
                    channel.write(request);
                }
                ByteBuffer read = ByteBuffer.allocate(4096);
                while (answer.indexOf("\r\n\r\n") < 0 && channel.read(read) >= 0) {
                    answer.append(new String(read.array(), 0, read.position(), StandardCharsets.ISO_8859_1));
                    read.clear();
                }
            } catch (IOException e) {
                return answer.isEmpty() ? e.toString() : answer.toString();
            }
            return answer.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
