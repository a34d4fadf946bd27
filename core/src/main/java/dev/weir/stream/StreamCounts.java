package dev.weir.stream;

/** Counts of one session, for expressions and its log line. Owned by the stream's thread; written by the session. */
public final class StreamCounts {
    /** Bytes received from the client ({@code %U}, {@code bytes_in}). */
    public long bytesIn;
    /** Bytes sent to the client ({@code %B}, {@code bytes_out}). */
    public long bytesOut;
    /** Connection retries ({@code %rc}). */
    public int retries;
    /** Whether a retry went to another server. */
    public boolean isRedispatched;
    /** Whether the connection to the server came from its pool. */
    public boolean isReused;
    /** Sessions that were ahead in the server's queue ({@code %sq}). */
    public int serverQueuePosition;
    /** Sessions that were ahead in the backend's queue ({@code %bq}). */
    public int backendQueuePosition;
    /** Connections of the process when the line is written ({@code %ac}). */
    public int processConnections;
    /** Connections of the frontend ({@code %fc}). */
    public int frontendConnections;
    /** Connections of the backend ({@code %bc}). */
    public int backendConnections;
    /** Connections of the server ({@code %sc}). */
    public int serverConnections;

    void reset() {
        bytesIn = bytesOut = 0;
        retries = 0;
        isRedispatched = isReused = false;
        serverQueuePosition = backendQueuePosition = 0;
        processConnections = frontendConnections = backendConnections = serverConnections = 0;
    }
}
