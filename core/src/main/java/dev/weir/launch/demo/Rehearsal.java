package dev.weir.launch.demo;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code weir --train}: what the build records for the AOT cache. A proxy in front of two origins serves some ten thousand
 * requests over some hundred connections in each mode, of several clients at once and then of a crowd; it reloads, serves again and
 * ends. So what a running proxy needs is in the cache: classes, and how often which way is gone. A way that nobody went the JIT
 * compiler leaves out, and compiles the method again once somebody does: so the clients go all those that are usual.
 */
public final class Rehearsal {
    /** At the same time. */
    private static final int CLIENTS = 8;

    /** One after the other, of each client to each frontend. */
    private static final int CONNECTIONS = 18;

    /** Connections at once, once all others have ended: more than a loop has receive blocks on offer, so that it finds none. */
    private static final int CROWD = 400;

    /** Client, both sides of the proxy, and the origin; of crowds before, two connections to servers that are kept, both ends. */
    private static final int DESCRIPTORS_OF_ONE = 8;

    /** For everything that is no connection. */
    private static final int DESCRIPTORS_RESERVED = 200;

    private static final int CROWD_REQUESTS = 10;
    private static final int REQUESTS = 20;
    private static final int HTTP_REQUESTS = 100;

    /** What a client does. */
    @FunctionalInterface
    private interface Conversation {
        void hold(RehearsalClient client) throws IOException, InterruptedException;
    }

    private final RehearsalConfiguration configuration;
    private final EventLoop loop;
    private final CountDownLatch reloaded = new CountDownLatch(1);
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    private Rehearsal(RehearsalConfiguration configuration, EventLoop loop) {
        this.configuration = configuration;
        this.loop = loop;
    }

    /** The exit code: 0 if every request was answered. */
    public static int run(ProxyRunner runner) {
        try (Origins origins = new Origins(2)) {
            var configuration = new RehearsalConfiguration(origins.all());
            Path file = Files.createTempFile("weir-rehearsal-", ".cfg");
            try {
                Files.writeString(file, configuration.text());
                return new Rehearsal(configuration, origins.transport().loop(0)).run(runner, file);
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
        atOnce(CLIENTS, this::converse);
        for (Endpoint frontend : configuration.httpFrontends()) {
            int crowd = crowd();
            CountDownLatch missing = new CountDownLatch(crowd);
            atOnce(crowd, client -> client.converseInCrowd(frontend, CROWD_REQUESTS, missing));
        }
    }

    /** Smaller where the limit of open files has no room for it, as it is while images are built. */
    private static int crowd() {
        if (Kernel.refusal() != null) {
            return CROWD;
        }
        long descriptors = new Kernel().openFilesLimit(0)[0] - DESCRIPTORS_RESERVED;
        return Math.clamp(descriptors / DESCRIPTORS_OF_ONE, 1, CROWD);
    }

    private void atOnce(int clients, Conversation conversation) throws InterruptedException {
        CountDownLatch served = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            loop.start(() -> {
                try {
                    conversation.hold(new RehearsalClient(loop));
                } catch (IOException | InterruptedException e) {
                    System.err.println("weir --train: " + e.getMessage());
                    hasFailed.set(true);
                } finally {
                    served.countDown();
                }
            });
        }
        served.await();
    }

    private void converse(RehearsalClient client) throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            for (Endpoint frontend : configuration.frontends()) {
                client.converse(frontend, REQUESTS, i);
            }
            for (Endpoint frontend : configuration.httpFrontends()) {
                client.converse(frontend, HTTP_REQUESTS, i);
            }
        }
    }
}
