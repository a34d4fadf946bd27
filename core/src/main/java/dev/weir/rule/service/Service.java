package dev.weir.rule.service;

/**
 * Something of the process's own that answers HTTP requests: {@code use-service}, {@code stats uri}. Implemented above; the session
 * calls it from a thread that is no event loop and writes what comes.
 */
public interface Service {
    /** What log lines show in place of a server, such as {@code <STATS>}. */
    String logName();

    /** Makes the answer; may take its time. Any thread but a loop's. */
    ServiceAnswer answer(ServiceRequest request);
}
