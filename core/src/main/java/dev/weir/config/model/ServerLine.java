package dev.weir.config.model;

import java.util.List;

/**
 * A server with what {@code default-server} gave filled in; a template becomes one of these for each of its numbers.
 *
 * @param id numeric id within its backend: given, or assigned in order
 * @param weight 0 to 256
 * @param maxConn 0 for no limit
 * @param minConn 0 if not set
 * @param maxQueue 0 for no limit
 * @param strictMaxConn {@code maxConn} limits connections
 * @param nonStick no entry of a stick table leads to it
 * @param redirect {@code redir}, empty if none
 * @param cookie value of its persistence cookie, empty if none
 * @param track {@code [backend/]server} whose checks it follows, empty if none
 * @param initAddr how its name is resolved at start, in this order
 */
public record ServerLine(
        Position at,
        String name,
        int id,
        Guid guid,
        AddressSpec address,
        int weight,
        boolean backup,
        boolean disabled,
        int maxConn,
        int minConn,
        int maxQueue,
        boolean strictMaxConn,
        boolean nonStick,
        String redirect,
        String cookie,
        CheckSettings check,
        long slowStartMs,
        SourceAddress source,
        String track,
        boolean shutdownSessionsWhenDown,
        boolean shutdownBackupSessionsWhenUp,
        ProxyProtocol sendProxy,
        long userTimeoutMs,
        boolean fastOpen,
        ConnectionPooling pooling,
        HashKey hashKey,
        List<InitAddress> initAddr,
        ResolveLine resolve) {

    /** Whether SRV records say where it is. */
    public boolean isService() {
        return address instanceof AddressSpec.Inet inet && inet.host().startsWith("_");
    }

    /** {@code hash-key}: what places a server on the consistent hash ring. */
    public enum HashKey {
        ID,
        ADDRESS,
        ADDRESS_AND_PORT
    }

    /** One step of {@code init-addr}. */
    public sealed interface InitAddress {
        /** {@code last}: from the state file. */
        record Last() implements InitAddress {}

        /** {@code libc}: the system's resolver. */
        record Libc() implements InitAddress {}

        /** {@code none}: start without an address, in maintenance. */
        record None() implements InitAddress {}

        /** A literal address. */
        record Literal(String host) implements InitAddress {}
    }
}
