package dev.weir.log;

import dev.weir.sample.ByteWriter;

/**
 * One line on its way from a loop to the writer thread. Pooled: taken from {@link LogWriter}, filled by the thread that took
 * it, then submitted or given back; after that it belongs to the writer.
 */
final class LogRecord {
    /** Longest line of any target. */
    static final int BYTES_MAX = 65_535;

    private static final int BYTES_AT_FIRST = 256;

    final ByteWriter text = new ByteWriter(BYTES_AT_FIRST, BYTES_MAX);
    final ByteWriter structuredData = new ByteWriter(0, BYTES_MAX);
    int level;
    long epochMicros;
    int pid;
    String tag;
    String hostName;
    LogTarget[] targets;
}
