package dev.weir.bench.command;

import dev.weir.bench.origin.Origin;
import dev.weir.bridge.transport.TransportException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir bench origin}: the server behind the products, alone, to repeat a figure by hand. */
@Command(
        name = "origin",
        description = "Serves /64, /1k, /10m and the like on a port of loopback, until it is ended.",
        mixinStandardHelpOptions = true)
final class OriginCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", description = "Default: ${DEFAULT-VALUE}.")
    private int port = 19400;

    @Option(names = "--loops", paramLabel = "N", description = "Event loops. Default: ${DEFAULT-VALUE}.")
    private int loops = 1;

    @Option(names = "--counters", paramLabel = "FILE", description = "Where to count. Default: ${DEFAULT-VALUE}.")
    private Path counters = Path.of(System.getProperty("java.io.tmpdir"), "weir-origin-counters");

    @Override
    public Integer call() throws InterruptedException {
        try (Origin origin = new Origin(port, loops, counters)) {
            System.out.println("origin listens on 127.0.0.1:" + origin.port() + " (" + origin.transport() + ")");
            new CountDownLatch(1).await(); // until a signal
            return 0;
        } catch (TransportException e) {
            System.err.println("origin: " + e.getMessage());
            return 1;
        }
    }
}
