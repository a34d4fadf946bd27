package dev.weir.protocol.http1;

import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An nginx on a UNIX socket that passes whole requests on to itself, and answers 200 to what arrives there. */
final class MessageNginx implements AutoCloseable {
    private static final String CONFIGURATION = """
            daemon off; master_process off; pid FOLDER/pid; error_log FOLDER/error.log crit;
            events { worker_connections 2000; }
            http {
              access_log off;
              client_body_temp_path FOLDER/body; proxy_temp_path FOLDER/proxy; fastcgi_temp_path FOLDER/fastcgi;
              uwsgi_temp_path FOLDER/uwsgi; scgi_temp_path FOLDER/scgi;
              client_max_body_size 0; large_client_header_buffers 4 16k; client_header_timeout 20s; client_body_timeout 20s;
              server {
                listen unix:FOLDER/front;
                location / { proxy_pass http://unix:FOLDER/origin; proxy_http_version 1.1; proxy_ignore_client_abort on; }
              }
              server { listen unix:FOLDER/origin; location / { return 200; } }
            }
            """;

    private final Process process;
    private final Path front;

    MessageNginx(String program, Path folder) throws IOException, InterruptedException {
        front = folder.resolve("front");
        Path file = folder.resolve("nginx.conf");
        Files.writeString(file, CONFIGURATION.replace("FOLDER", folder.toString()));
        Path output = folder.resolve("nginx.log");
        process = new ProcessBuilder(program, "-e", folder.resolve("error.log").toString(), "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        while (!accepts()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IOException(Files.readString(output));
            }
        }
    }

    /** The one that {@code WEIR_NGINX} names, else the one on the PATH. */
    static Optional<String> program() {
        String named = System.getenv("WEIR_NGINX");
        Stream<String> programs = named != null
                ? Stream.of(named)
                : Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> folder + "/nginx");
        return programs.filter(program -> Files.isExecutable(Path.of(program))).findFirst();
    }

    private boolean accepts() {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(front))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /** The status of the first answer to these bytes and the end of the client's stream; {@code none} for a connection that just ends. */
    String ask(byte[] bytes) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(front));
            StringBuilder answer = new StringBuilder();
            try {
                ByteBuffer request = ByteBuffer.wrap(bytes);
                while (request.hasRemaining()) {
                    channel.write(request);
                }
                channel.shutdownOutput();
                ByteBuffer read = ByteBuffer.allocate(4096);
                while (answer.indexOf("\r\n") < 0 && channel.read(read) >= 0) {
                    answer.append(new String(read.array(), 0, read.position(), StandardCharsets.ISO_8859_1));
                    read.clear();
                }
            } catch (IOException e) {
                // it has read enough; what it said before counts
            }
            String[] words = answer.toString().split("[ \r\n]+", 3);
            return answer.isEmpty()
                    ? "none"
                    : words.length > 1 && words[0].startsWith("HTTP/") ? words[1] : "200"; // HTTP/0.9
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
