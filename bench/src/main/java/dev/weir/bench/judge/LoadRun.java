package dev.weir.bench.judge;

import dev.weir.bench.BenchFailure;
import java.io.IOException;

/** Load that is on its way. */
public interface LoadRun {
    /** As one would type it. */
    String commandLine();

    /** @throws BenchFailure if it has ended, before its time */
    void checkRunning() throws BenchFailure;

    /** Waits for the end. */
    Judgement finish() throws IOException, BenchFailure;

    /** Ends it at once; nothing of it is wanted. */
    void stop() throws IOException, BenchFailure;
}
