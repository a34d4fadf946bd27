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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * {@code weir --train}: what the build records for the AOT cache. A proxy in front of two origins serves some thousand
 * requests over some hundred connections, reloads, serves again and ends, so that what a running proxy needs is in the cache.
 */
public final class Rehearsal {
    private static final int CONNECTIONS = 400;
    private static final int REQUESTS = 20;
    private static final long TIMEOUT_NS = 10_000_000_000L;
    private static final byte[] REQUEST =
            "GET /rehearsal HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Origins origins;
    private final EventLoop loop;
    private final Endpoint frontend;
    private final CountDownLatch reloaded = new CountDownLatch(1);
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    private Rehearsal(Origins origins, int port) {
        this.origins = origins;
        this.loop = origins.transport().loop(0);
        this.frontend = new Endpoint.Inet(InetAddress.getLoopbackAddress(), port);
    }

    /** The exit code: 0 if every request was answered. */
    public static int run(ProxyRunner runner) {
        try (Origins origins = new Origins(2)) {
            int port = Ports.any();
            Path file = Files.createTempFile("weir-rehearsal-", ".cfg");
            try {
                String logging = "    option tcplog\n    log stdout format raw local0\n";
                Files.writeString(file, DemoConfiguration.text(port, origins.all()) + logging);
                return new Rehearsal(origins, port).run(runner, file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException | TransportException e) {
            System.err.println("weir --train: " + e.getMessage());
            return 1;
        }
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
                    converse();
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

    private void converse() throws ConnectionFailure {
        Connection connection = loop.connect(frontend, new ConnectOptions(), deadline());
        try {
            for (int i = 0; i < REQUESTS; i++) {
                connection.send(new UnsafeBuffer(REQUEST), 0, REQUEST.length, deadline());
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
