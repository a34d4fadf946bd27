package dev.weir.stream;

/** What expressions and logs may ask of a backend. Any thread. */
public interface BackendView {
    String name();

    /** Numeric proxy id. */
    int id();

    /** {@code http} or {@code tcp}. */
    String mode();

    /** Sessions on this backend now, queued ones included ({@code be_conn}). */
    int connections();

    /** New sessions in the last second ({@code be_sess_rate}). */
    int sessionRate();

    /** Sessions that wait in the backend's own queue. */
    int backendQueued();

    /** Sessions that wait in the backend's and its servers' queues together ({@code queue}). */
    int totalQueued();

    /** Servers that would take a new session now, backups by HAProxy's rule ({@code nbsrv}). */
    int usableServers();

    int serverCount();

    /** All servers as they are now, in declaration order; a change makes another array. Not to be written to. */
    ServerView[] servers();

    /** In declaration order. */
    ServerView server(int position);

    /** Null if there is none of that name. */
    ServerView server(String name);

    /** In milliseconds, 0 for none. */
    long connectTimeoutMs();

    long queueTimeoutMs();

    long serverTimeoutMs();

    long tunnelTimeoutMs();

    /** {@code retries}. */
    int retriesMax();
}
