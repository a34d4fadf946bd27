package dev.weir.launch.ctl;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the runtime API is. One connection a command, as the API wants it without a prompt. */
record ApiAddress(String text) {
    private static final List<String> USUAL =
            List.of("/run/weir/admin.sock", "/run/haproxy/admin.sock", "/var/run/haproxy.sock");
    private static final Pattern CONFIGURED = Pattern.compile("^\\s*stats\\s+socket\\s+(\\S+)", Pattern.MULTILINE);
    private static final Pattern PREFIX = Pattern.compile("^(ipv4|ipv6|tcp|tcp4|tcp6|unix)@");

    static ApiAddress find(CtlOptions options) throws CtlProblem, IOException {
        String named = System.getenv("WEIR_SOCKET");
        if (!options.socket().isEmpty()) {
            return new ApiAddress(options.socket());
        }
        if (named != null && !named.isEmpty()) {
            return new ApiAddress(named);
        }
        if (!options.file().isEmpty()) {
            return configured(Path.of(options.file()));
        }
        for (String path : USUAL) {
            if (Files.exists(Path.of(path))) {
                return new ApiAddress(path);
            }
        }
        throw new CtlProblem("no socket: name one with -s, or the configuration with -f");
    }

    private static ApiAddress configured(Path file) throws CtlProblem, IOException {
        if (!Files.isReadable(file)) {
            throw new CtlProblem("cannot read '" + file + "'");
        }
        Matcher line = CONFIGURED.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!line.find()) {
            throw new CtlProblem("'" + file + "' has no 'stats socket'");
        }
        return new ApiAddress(PREFIX.matcher(line.group(1)).replaceFirst(""));
    }

    private SocketAddress socketAddress() throws CtlProblem {
        if (text.startsWith("/") || text.startsWith(".") || text.indexOf(':') < 0) {
            return UnixDomainSocketAddress.of(text);
        }
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
            throw new CtlProblem("'" + text + "' is no path and no host:port");
        }
        String host = text.substring(0, colon).replaceAll("[\\[\\]]", "");
        return new InetSocketAddress(host.isEmpty() || host.equals("*") ? "127.0.0.1" : host, Integer.parseInt(port));
    }

    /** The whole answer. */
    String ask(String command) throws CtlProblem, IOException {
        SocketAddress address = socketAddress();
        try (SocketChannel channel = open(address)) {
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            return read(channel); // its end says that the answer is whole
        }
    }

    private SocketChannel open(SocketAddress address) throws CtlProblem {
        try {
            SocketChannel channel = address instanceof UnixDomainSocketAddress
                    ? SocketChannel.open(StandardProtocolFamily.UNIX)
                    : SocketChannel.open();
            channel.connect(address);
            return channel;
        } catch (IOException e) {
            throw new CtlProblem("cannot connect to " + text + ": " + e.getMessage());
        }
    }

    private static String read(SocketChannel channel) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(1 << 16);
        while (channel.read(piece) >= 0) {
            bytes.write(piece.array(), 0, piece.position());
            piece.clear();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
