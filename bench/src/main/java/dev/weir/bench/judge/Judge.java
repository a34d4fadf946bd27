package dev.weir.bench.judge;

import dev.weir.bench.BenchFailure;
import java.io.IOException;

/** A load generator. Thread: the runner's. */
public interface Judge extends AutoCloseable {
    String name();

    /** Why it cannot do this; empty if it can. */
    String refusal(Workload workload);

    /** Begins, for a time; the first {@code leadSeconds} of it are not part of the latencies where it can leave them out. */
    LoadRun start(Workload workload, int port, double leadSeconds, double seconds) throws IOException, BenchFailure;

    @Override
    void close();
}
