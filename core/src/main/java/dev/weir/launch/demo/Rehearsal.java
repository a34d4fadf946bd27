package dev.weir.launch.demo;

import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.TransportException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * {@code weir --train}: what the build records for the AOT cache. A proxy in front of two origins serves some thousand
 * requests over some hundred connections in each mode, reloads, serves again and ends, so that what a running proxy needs is in
 * the cache: classes, and how often which way is gone, so that the JIT compiler knows it from the start.
 */
public final class Rehearsal {
    private static final int CONNECTIONS = 400;
    private static final int REQUESTS = 20;
    private static final int HTTP_REQUESTS = 150;
    private static final long TIMEOUT_NS = 10_000_000_000L;
    private static final byte[] REQUEST = ascii("GET /rehearsal HTTP/1.1\r\nHost: localhost\r\n\r\n");
    private static final byte[] API_REQUEST = ascii(
            "GET /api/rehearsal?n=1 HTTP/1.1\r\nHost: localhost\r\nUser-Agent: rehearsal/1.0 (x86_64)\r\nAccept: */*\r\n"
                    + "Accept-Encoding: gzip, deflate\r\nCookie: a=b; c=d\r\n\r\n");
    private static final String HTTP = """
            defaults
                mode http
                timeout connect 2s
                timeout client  60s
                timeout server  60s
                option httplog
                log stdout format raw local0
            frontend web
                bind 127.0.0.1:%d
                acl is_api path_beg /api/
                http-request set-header x-rehearsal yes if is_api
                default_backend web
            backend web
                balance roundrobin
                http-reuse always
            """;

    private final Origins origins;
    private final EventLoop loop;
    private final Endpoint frontend;
    private final Endpoint httpFrontend;
    private final CountDownLatch reloaded = new CountDownLatch(1);
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    private Rehearsal(Origins origins, int port, int httpPort) {
        this.origins = origins;
        this.loop = origins.transport().loop(0);
        this.frontend = new Endpoint.Inet(InetAddress.getLoopbackAddress(), port);
        this.httpFrontend = new Endpoint.Inet(InetAddress.getLoopbackAddress(), httpPort);
    }

    /** The exit code: 0 if every request was answered. */
    public static int run(ProxyRunner runner) {
        try (Origins origins = new Origins(2)) {
            int port = Ports.any();
            int httpPort = Ports.any();
            Path file = Files.createTempFile("weir-rehearsal-", ".cfg");
            try {
                String logging = "    option tcplog\n    log stdout format raw local0\n";
                Files.writeString(
                        file, DemoConfiguration.text(port, origins.all()) + logging + http(httpPort, origins.all()));
                return new Rehearsal(origins, port, httpPort).run(runner, file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException | TransportException e) {
            System.err.println("weir --train: " + e.getMessage());
            return 1;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String http(int port, List<Origin> origins) {
        StringBuilder text = new StringBuilder(HTTP.formatted(port));
        for (Origin origin : origins) {
            text.append("    server ")
                    .append(origin.name())
                    .append(" 127.0.0.1:")
                    .append(origin.port())
                    .append('\n');
        }
        return text.toString();
    }

    private int run(ProxyRunner runner, Path file) {
        int status = runner.run(file, this::message, this::started);
        return hasFailed.get() ? 1 : status;
    }

    private void message(String line) {
        System.err.print(line);
        if (line.contains("Reloaded")) {
            reloaded.countDown();
        }
    }

    private void started(ProxyControl proxy) {
        Thread.ofPlatform().daemon().name("weir-rehearsal").start(() -> rehearse(proxy));
    }

    private void rehearse(ProxyControl proxy) {
        try {
            serve();
            proxy.reload();
            reloaded.await();
            serve();
        } catch (InterruptedException e) {
            hasFailed.set(true);
        } finally {
            proxy.stop();
        }
    }

    private void serve() throws InterruptedException {
        CountDownLatch served = new CountDownLatch(1);
        loop.start(() -> {
            try {
                for (int i = 0; i < CONNECTIONS / 2; i++) {
                    converse(frontend, REQUESTS);
                    converse(httpFrontend, HTTP_REQUESTS);
                }
            } catch (ConnectionFailure e) {
                System.err.println("weir --train: " + e.getMessage());
                hasFailed.set(true);
            } finally {
                served.countDown();
            }
        });
        served.await();
    }

    private void converse(Endpoint to, int requests) throws ConnectionFailure {
        Connection connection = loop.connect(to, new ConnectOptions(), deadline());
        try {
            for (int i = 0; i < requests; i++) {
                byte[] request = (i & 3) == 0 ? API_REQUEST : REQUEST;
                connection.send(new UnsafeBuffer(request), 0, request.length, deadline());
                if (connection.receive(deadline()) == Connection.END_OF_STREAM) {
                    hasFailed.set(true);
                    return;
                }
                connection.consume(connection.available());
            }
        } finally {
            connection.close();
        }
    }

    private long deadline() {
        return loop.nanoTime() + TIMEOUT_NS;
    }
}
