package dev.weir.bench.run;

import dev.weir.bench.BenchFailure;
import dev.weir.bench.machine.ProcessCounters;
import dev.weir.bench.process.Child;
import java.io.IOException;

/**
 * A product that runs, or the direct line.
 *
 * @param name of the product
 * @param child its process; null for the direct line
 * @param port where to send requests
 */
record Running(String name, Child child, int port) {
    boolean isDirect() {
        return child == null;
    }

    void checkAlive() throws BenchFailure {
        if (child != null) {
            child.checkAlive();
        }
    }

    ProcessCounters counters() throws IOException {
        return isDirect() ? new ProcessCounters(0, 0, 0) : ProcessCounters.of(child.handle());
    }
}
