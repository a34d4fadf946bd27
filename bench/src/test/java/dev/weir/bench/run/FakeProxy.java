package dev.weir.bench.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What passes for HAProxy in tests: reads the two ports out of its configuration and relays, a virtual thread for each direction. */
final class FakeProxy {
    private static final Pattern BIND = Pattern.compile("bind 127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern SERVER = Pattern.compile("server origin 127\\.0\\.0\\.1:(\\d+)");

    private FakeProxy() {}

    /** Arguments: the configuration; after how many connections to die, 0 for never. */
    public static void main(String[] arguments) throws IOException {
        String configuration = Files.readString(Path.of(arguments[0]));
        int connectionsMax = Integer.parseInt(arguments[1]);
        int origin = port(SERVER, configuration);
        try (ServerSocket listener =
                new ServerSocket(port(BIND, configuration), 4096, InetAddress.getLoopbackAddress())) {
            for (int taken = 1; ; taken++) {
                Socket client = listener.accept();
                if (taken == connectionsMax) {
                    System.out.println("the fake has had enough");
                    killOurselves();
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), origin);
                Thread.startVirtualThread(() -> relay(client, server));
                Thread.startVirtualThread(() -> relay(server, client));
            }
        }
    }

    private static void killOurselves() throws IOException {
        String pid = Long.toString(ProcessHandle.current().pid());
        new ProcessBuilder("kill", "-KILL", pid).inheritIO().start();
    }

    private static int port(Pattern pattern, String configuration) {
        Matcher matcher = pattern.matcher(configuration);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + pattern);
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static void relay(Socket from, Socket to) {
        try {
            from.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
