package dev.weir.cli;

import dev.weir.bridge.transport.ListenOptions;
import java.util.List;

/**
 * {@code stats socket}, {@code stats timeout}, {@code stats maxconn}. Immutable.
 *
 * @param idleMs after which a connection that says nothing, or does not read, is closed
 * @param connectionsMax at a time, all sockets together
 * @param anonymityKey {@code anonkey}: what {@code set anon on} takes when it is told none; unsigned, 0 for none
 */
public record CliSettings(List<Socket> sockets, long idleMs, int connectionsMax, int anonymityKey) {
    /**
     * A listening address.
     *
     * @param text as configured
     * @param exposesListeners a new process may take the listening sockets: {@code expose-fd listeners}
     * @param severityOutput how messages begin, until a client changes it
     * @param isMaster {@code -S}: speaks as the master of HAProxy's processes does
     */
    public record Socket(
            String text,
            ListenOptions options,
            Level level,
            boolean exposesListeners,
            CliState.SeverityOutput severityOutput,
            boolean isMaster) {}
}
