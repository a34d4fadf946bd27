package dev.weir.clock;

/** Two readings of time: one that only grows, for durations, and one that people read. Any thread. */
public interface Clock {
    /** The machine's own clocks. */
    Clock SYSTEM = new Clock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long epochMicros() {
            var now = java.time.Instant.now();
            return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        }
    };

    /** Nanoseconds with an arbitrary origin, the one of {@link System#nanoTime()} for {@link #SYSTEM}. */
    long nanoTime();

    /** Microseconds since 1970 in UTC. */
    long epochMicros();
}
