package dev.weir.server.state;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.server.AddressText;
import dev.weir.server.AdminFlags;
import dev.weir.server.ProbeTarget;
import dev.weir.server.Server;
import dev.weir.server.ServerControl;
import dev.weir.server.ServerHealth;
import dev.weir.server.ServerSettings;
import dev.weir.server.check.Check;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a server the state of a line, by HAProxy's rules: what the configuration has changed since wins over the file. Thread: the
 * main one, when checks exist and have not begun.
 */
public final class StateRestorer {
    private static final String CAUSE = ", changed from server-state after a reload";
    /** Where there are no checks: HAProxy's defaults. */
    private static final int RISE = 2;

    private static final int FALL = 3;
    private static final long SECOND_NS = 1_000_000_000L;

    private final Server server;
    private final ServerControl control;
    private final SavedState saved;
    private final StateLine line;
    private final List<String> faults = new ArrayList<>();

    private final boolean takesAddress;

    private StateRestorer(Server server, StateLine line, boolean takesAddress) {
        this.server = server;
        this.takesAddress = takesAddress;
        this.control = server.pool().control();
        this.line = line;
        this.saved = new SavedState(line, faults);
    }

    /**
     * @param takesAddress {@code init-addr last}: the server has a name, and the file's address comes before what it leads to
     * @param nowNs by the clock
     * @return the message for the operator, or null
     */
    public static String restore(Server server, StateLine line, boolean takesAddress, long nowNs) {
        StateRestorer restorer = new StateRestorer(server, line, takesAddress);
        boolean isSound = restorer.faults.isEmpty();
        if (isSound) {
            restorer.run(nowNs);
        }
        return restorer.faults.isEmpty()
                ? null
                : "server-state " + (isSound ? "partially applied" : "application failed") + " for server '"
                        + server.path() + "', " + String.join(", ", restorer.faults);
    }

    private void run(long nowNs) {
        operation();
        administration();
        weight();
        server.restoreLastChange(nowNs - saved.ageSeconds * SECOND_NS);
        disable(server.health(), saved.checkState);
        disable(server.agent(), saved.agentState);
        port();
        address();
        target(server.health(), StateLine.CHECK_ADDRESS, StateLine.CHECK_PORT, "health");
        target(server.agent(), StateLine.AGENT_ADDRESS, StateLine.AGENT_PORT, "agent");
    }

    // ---- up or down ----

    private void operation() {
        ServerHealth checks = server.health();
        int rise = checks == null ? RISE : checks.rise();
        int fall = checks == null ? FALL : checks.fall();
        switch (saved.operation) {
            case STOPPED -> stop();
            case STARTING -> {
                boolean isBelow = saved.checkHealth >= 1 && saved.checkHealth < rise;
                health(rise == 1 ? fall : isBelow ? saved.checkHealth : rise - 1);
                control.run(server, CAUSE);
            }
            case STOPPING -> {
                if (fall == 1) {
                    stop();
                } else {
                    boolean isWithin = saved.checkHealth >= rise && saved.checkHealth <= rise + fall - 2;
                    health(isWithin ? saved.checkHealth : rise);
                    control.quiesce(server, CAUSE);
                }
            }
            case RUNNING -> {
                health(rise + fall - 1);
                control.run(server, CAUSE);
            }
        }
    }

    private void stop() {
        health(0);
        control.stop(server, CAUSE);
    }

    private void health(int value) {
        if (server.health() instanceof Check check) {
            check.restore(value, saved.checkStatus);
        }
    }

    // ---- what operators asked for ----

    private void administration() {
        boolean wasDisabled = has(AdminFlags.CONFIGURED_MAINTENANCE);
        boolean isDisabled = server.settings().isDisabled;
        if (wasDisabled == isDisabled) {
            if (has(AdminFlags.FORCED_MAINTENANCE) && !isDisabled) {
                control.administer(server, AdminFlags.FORCED_MAINTENANCE, true);
            } else if (!has(AdminFlags.FORCED_MAINTENANCE) && isDisabled) {
                control.administer(server, AdminFlags.CONFIGURED_MAINTENANCE, false);
            }
        }
        // A drain that came of a weight of 0 in the configuration ends with that weight.
        boolean isForced = saved.initialWeight > 0 || server.initialWeight() == 0;
        if (has(AdminFlags.FORCED_DRAIN) && isForced && !server.isInMaintenance()) {
            control.administer(server, AdminFlags.FORCED_DRAIN, true);
        }
    }

    private boolean has(int flag) {
        return (saved.flags & flag) != 0;
    }

    private void weight() {
        boolean isKnown = server.pool().isDynamic() || saved.userWeight == 0; // others know 0 and the configured one
        if (isKnown && saved.initialWeight == server.initialWeight() && saved.userWeight != server.userWeight()) {
            control.weight(server, saved.userWeight);
        }
    }

    private static void disable(ServerHealth asked, int state) {
        boolean wasDisabled = (state & StateBits.CONFIGURED) != 0 && (state & StateBits.ENABLED) == 0;
        if (asked != null && wasDisabled) {
            asked.enable(false);
        }
    }

    // ---- where it is ----

    private void address() {
        InetAddress address = takesAddress ? AddressText.literal(line.field(StateLine.ADDRESS, "-")) : null;
        if (address == null) {
            return;
        }
        int port = server.endpoint() instanceof Endpoint.Inet inet ? inet.port() : saved.port;
        server.moveTo(new Endpoint.Inet(address, port));
        control.administer(server, AdminFlags.RESOLUTION_MAINTENANCE, false);
    }

    /** The port is always taken; an address in the configuration holds, as in HAProxy. */
    private void port() {
        boolean isFixed = server.settings().portRule == ServerSettings.PortRule.FIXED;
        if (isFixed && server.endpoint() instanceof Endpoint.Inet inet && saved.port > 0 && saved.port != inet.port()) {
            server.moveTo(new Endpoint.Inet(inet.address(), saved.port));
        }
    }

    private void target(ServerHealth asked, int addressAt, int portAt, String kind) {
        String address = line.field(addressAt, "-");
        String port = line.field(portAt, "0");
        if (address.equals("-") && port.equals("0")) {
            return;
        }
        if (asked == null || !asked.isEnabled()) {
            faults.add(kind + " checks are not enabled on this server");
            return;
        }
        ProbeTarget target = asked.target();
        if (!address.equals("-")) {
            InetAddress literal = AddressText.literal(address);
            if (literal == null) {
                faults.add("invalid addr '" + address + "'");
                return;
            }
            target = target.withAddress(new Endpoint.Inet(literal, 0));
        }
        if (!port.equals("0")) {
            if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
                faults.add("provided port is invalid");
                return;
            }
            target = target.withPort(Integer.parseInt(port));
        }
        asked.target(target);
    }
}
