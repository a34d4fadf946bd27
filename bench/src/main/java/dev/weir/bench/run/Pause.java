package dev.weir.bench.run;

import dev.weir.bench.BenchFailure;

/** Waiting for time to pass, which is what a measurement mostly is. */
final class Pause {
    private Pause() {}

    static void seconds(double seconds) throws BenchFailure {
        try {
            Thread.sleep((long) (seconds * 1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted");
        }
    }
}
