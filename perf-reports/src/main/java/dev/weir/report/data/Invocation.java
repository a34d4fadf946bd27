package dev.weir.report.data;

/**
 * One call of the runner that added to the folder.
 *
 * @param command as typed
 * @param startedAt ISO 8601, UTC
 * @param seconds how long it took
 */
public record Invocation(String command, String startedAt, long seconds) {}
