package dev.weir.cli.stat;

import static dev.weir.cli.stat.StatColumn.*;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.SocketName;
import dev.weir.cli.stat.StatRow.Kind;
import dev.weir.proxy.BindListener;
import dev.weir.proxy.Frontend;
import dev.weir.proxy.ProxyProcess;
import dev.weir.server.AddressText;
import dev.weir.stats.Counters;

/** Makes the row of a listener that counts for itself ({@code option socket-stats}). No state. */
final class ListenerRow {
    private static final StatColumn[] COUNTERS = {STOT, BIN, BOUT, DREQ, DRESP, EREQ, CONN_TOT, DCON, DSES, WREW, EINT};

    private ListenerRow() {}

    static StatRow of(BindListener listener, Counters counters, ProxyProcess process) {
        Frontend frontend = listener.frontend();
        StatRow row = new StatRow(Kind.LISTENER, frontend.name(), frontend.id(), name(listener), listener.id(), null);
        row.put(SCUR, listener.gate().inside());
        row.put(SMAX, listener.gate().highest()).put(SLIM, listener.gate().limit());
        row.put(counters, COUNTERS);
        row.put(STATUS, status(listener, process));
        row.put(ADDR, address(listener.socketName()));
        row.put(MODE, frontend.mode());
        row.put(PROTO, protocol(listener));
        row.label(listener.label());
        row.guid(listener.guid());
        return row;
    }

    private static String name(BindListener listener) {
        return listener.name() == null ? "sock-" + listener.id() : listener.name();
    }

    /** What it waits for is a place at its frontend, or in the process. */
    private static String status(BindListener listener, ProxyProcess process) {
        if (listener.gate().isFull()) {
            return "FULL";
        }
        boolean isHeld =
                listener.frontend().state().gate().isFull() || process.gate().isFull();
        return isHeld ? "WAITING" : "OPEN";
    }

    private static String address(SocketName name) {
        return switch (name.family()) {
            case IPV4, IPV6 -> AddressText.withPort(name, name.port());
            case UNIX -> "unix";
            case NONE -> null;
        };
    }

    /** The name of HAProxy's protocol. */
    private static String protocol(BindListener listener) {
        return switch (listener.socketName().family()) {
            case IPV4 -> "tcpv4";
            case IPV6 -> "tcpv6";
            case UNIX -> listener.endpoint() instanceof Endpoint.Abstract ? "abns_stream" : "unix_stream";
            case NONE -> null;
        };
    }
}
