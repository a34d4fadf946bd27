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
    private static final double NOTICE_SECONDS = 1;

    boolean isDirect() {
        return child == null;
    }

    void checkAlive() throws BenchFailure {
        if (child != null) {
            child.checkAlive();
        }
    }

    /** Lets time pass, unless it ends meanwhile. */
    void pause(double seconds) throws BenchFailure {
        if (isDirect()) {
            Pause.seconds(seconds);
        } else {
            child.pause(seconds);
        }
    }

    /** What is behind a failure of load on it: its own end, which who sends the load may notice before us. */
    BenchFailure causeOf(BenchFailure failure) {
        try {
            pause(NOTICE_SECONDS);
            return failure;
        } catch (BenchFailure end) {
            return end;
        }
    }

    ProcessCounters counters() throws IOException {
        return isDirect() ? new ProcessCounters(0, 0, 0) : ProcessCounters.of(child.handle());
    }
}
