package dev.weir.log;

import java.io.IOException;

/** A place lines go to. Used by the writer thread only. */
public interface LogSink extends AutoCloseable {
    /** Writes one line, which ends with a line feed. May fail; the line is then lost and counted. */
    void write(byte[] line, int length) throws IOException;

    @Override
    void close();
}
