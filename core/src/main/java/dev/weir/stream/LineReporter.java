package dev.weir.stream;

/** Writes log lines about a stream while it lasts: its session. */
@FunctionalInterface
public interface LineReporter {
    /** Nobody writes any. */
    LineReporter NONE = origin -> {};

    /** Writes one now, if its frontend logs; on the stream's thread. */
    void report(LogOrigin origin);
}
