package dev.weir.cli.command;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.SocketName;
import dev.weir.cli.Anonymity;
import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.ClientGone;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.server.AddressText;
import dev.weir.server.AdminFlags;
import dev.weir.server.NameSettings;
import dev.weir.server.ProbeTarget;
import dev.weir.server.Server;
import dev.weir.server.ServerHealth;
import dev.weir.server.ServerPool;
import dev.weir.server.check.AgentCheck;
import dev.weir.server.check.Check;
import dev.weir.server.check.script.CheckStatus;
import dev.weir.server.state.StateBits;
import java.util.Comparator;
import java.util.List;

/** {@code show servers state}: what a process would need to know to take the servers over, in HAProxy's version 1 of that file. */
public final class StateCommands implements CommandFamily {
    private static final String COLUMNS =
            "# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight"
                    + " srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state"
                    + " srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port"
                    + " srv_check_addr srv_agent_addr srv_agent_port";
    private static final long SECOND_NS = 1_000_000_000L;

    private final RuntimeControl control;

    public StateCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "show servers state",
                Level.USER,
                "show servers state [<backend>]",
                "dump volatile server information (all or for a single backend)",
                this::state);
        table.add(
                "show servers conn",
                Level.USER,
                "show servers conn [<backend>]",
                "dump server connections status (all or for a single backend)",
                this::connections);
    }

    private List<ServerPool> pools(Arguments arguments) throws CommandFailure {
        if (arguments.hasNext()) {
            ServerPool pool = Names.backendOrNull(arguments.next(), control);
            if (pool == null) {
                throw new CommandFailure("Can't find backend.");
            }
            return List.of(pool);
        }
        return control.process().pools().all().stream()
                .sorted(Comparator.comparingInt(ServerPool::id))
                .toList();
    }

    private interface Row {
        void write(Server server, Anonymity anonymity, StringBuilder out);
    }

    private static void each(List<ServerPool> pools, Answer answer, Row row) throws ClientGone {
        for (ServerPool pool : pools) {
            for (Server server : pool.servers()) {
                row.write(server, answer.state().anonymity(), answer.text());
                answer.text().append('\n');
                answer.flush();
            }
        }
    }

    private void state(Arguments arguments, Answer answer) throws CommandFailure, ClientGone {
        List<ServerPool> pools = pools(arguments);
        answer.line("1").line(COLUMNS);
        each(pools, answer, this::state);
    }

    private void state(Server server, Anonymity anonymity, StringBuilder out) {
        ServerPool pool = server.pool();
        long age = (control.process().clock().nanoTime() - server.lastChangeNs()) / SECOND_NS;
        out.append(pool.id()).append(' ').append(anonymity.word(pool.name()));
        out.append(' ').append(server.id()).append(' ').append(anonymity.word(server.name()));
        out.append(' ').append(anonymity.address(address(server)));
        out.append(' ').append(server.isInMaintenance() ? 0 : server.state().ordinal());
        out.append(' ').append(adminState(server));
        out.append(' ').append(server.userWeight()).append(' ').append(server.initialWeight());
        out.append(' ').append(age).append(' ');
        check(server, out);
        out.append(' ').append(flags(server.agent(), server) + (server.agent() == null ? 0 : StateBits.OF_AGENT));
        NameSettings naming = server.settings().naming;
        out.append(" 0 0 ")
                .append(server.host() == null ? "-" : anonymity.word(server.host()))
                .append(' ')
                .append(port(server));
        out.append(' ')
                .append(naming == null || naming.service() == null ? "-" : anonymity.word(naming.service()))
                .append(" 0 ");
        probes(server, anonymity, out);
    }

    /**
     * HAProxy's flag of {@code disabled} only remembers the configuration; such a server is in forced maintenance, too, until it is
     * made ready.
     */
    private static int adminState(Server server) {
        int flags = server.adminFlags();
        if ((flags & AdminFlags.CONFIGURED_MAINTENANCE) != 0) {
            flags |= AdminFlags.FORCED_MAINTENANCE;
        }
        return server.settings().isDisabled ? flags | AdminFlags.CONFIGURED_MAINTENANCE : flags;
    }

    /** Status, result, health, state. */
    private static void check(Server server, StringBuilder out) {
        if (server.health() instanceof Check check) {
            CheckStatus status = check.last().status();
            int result = status == CheckStatus.INI ? 0 : status.isPassed() ? 3 : 2;
            out.append(status.number()).append(' ').append(result);
            out.append(' ').append(server.isInMaintenance() ? 0 : check.value());
            out.append(' ').append(flags(check, server));
        } else {
            out.append("1 0 ").append(server.uncheckedHealth());
            // As in HAProxy, nothing ever resumes the checks of such a server: it has none.
            out.append(' ').append(server.settings().isDisabled ? StateBits.PAUSED : 0);
        }
    }

    private static int flags(ServerHealth health, Server server) {
        if (health == null) {
            return 0;
        }
        if (!health.isEnabled()) {
            return StateBits.CONFIGURED;
        }
        boolean isPaused = server.isInMaintenance() && !(health instanceof AgentCheck);
        return StateBits.CONFIGURED | StateBits.ENABLED | (isPaused ? StateBits.PAUSED : 0);
    }

    /** Port and address of the checks, address and port of the agent. */
    private static void probes(Server server, Anonymity anonymity, StringBuilder out) {
        ProbeTarget check =
                server.health() == null ? ProbeTarget.SERVER : server.health().target();
        ProbeTarget agent =
                server.agent() == null ? ProbeTarget.SERVER : server.agent().target();
        out.append(check.port()).append(' ').append(anonymity.address(address(check)));
        out.append(' ').append(anonymity.address(address(agent))).append(' ').append(agent.port());
    }

    private static String address(ProbeTarget target) {
        return target.address() instanceof Endpoint.Inet inet ? text(inet) : "-";
    }

    private static String text(Endpoint.Inet inet) {
        return AddressText.of(new SocketName().inet(inet.address(), 0));
    }

    private static String address(Server server) {
        return server.endpoint() instanceof Endpoint.Inet inet ? text(inet) : "-";
    }

    private static int port(Server server) {
        if (server.lacksAddress()) {
            return server.settings().naming.service() == null ? server.settings().port : 0;
        }
        return server.endpoint() instanceof Endpoint.Inet inet ? inet.port() : 0;
    }

    private void connections(Arguments arguments, Answer answer) throws CommandFailure, ClientGone {
        List<ServerPool> pools = pools(arguments);
        answer.line(
                "# bkname/svname bkid/svid addr port - purge_delay used_cur used_max need_est unsafe_nb safe_nb idle_lim"
                        + " idle_cur idle_per_thr[" + control.process().threadCount() + "]");
        each(pools, answer, this::connections);
    }

    private void connections(Server server, Anonymity anonymity, StringBuilder out) {
        ServerPool pool = server.pool();
        out.append(anonymity.word(pool.name())).append('/').append(anonymity.word(server.name()));
        out.append(' ').append(pool.id()).append('/').append(server.id());
        out.append(' ')
                .append(anonymity.address(address(server)))
                .append(' ')
                .append(port(server))
                .append(" - ");
        out.append(server.settings().idlePurgeMs).append(' ');
        out.append(server.connections()).append(' ').append(server.connectionsHighest());
        int idle = server.idle().count();
        out.append(' ').append(server.connectionsHighest()).append(" 0 ").append(idle);
        out.append(' ').append(server.settings().idleMax).append(' ').append(idle);
        for (int loop = 0; loop < control.process().threadCount(); loop++) {
            out.append(' ').append(server.idle().count(loop));
        }
    }
}
