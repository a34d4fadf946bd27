package dev.weir.cli.command;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.ClientGone;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.server.check.Check;
import java.util.Comparator;
import java.util.List;

/** {@code show servers state}: what a process would need to know to take the servers over, in HAProxy's version 1 of that file. */
public final class StateCommands implements CommandFamily {
    private static final String COLUMNS =
            "# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight"
                    + " srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state"
                    + " srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port"
                    + " srv_check_addr srv_agent_addr srv_agent_port";
    /** Codes in the order of HAProxy's numbers. */
    private static final String[] CODES = {
        "UNK",
        "INI",
        "START",
        "CHECKED",
        "HANA",
        "SOCKERR",
        "L4OK",
        "L4TOUT",
        "L4CON",
        "L6OK",
        "L6TOUT",
        "L6RSP",
        "L7TOUT",
        "L7RSP",
        "L7OK",
        "L7OKC",
        "L7STS",
        "PROCERR",
        "PROCTOUT",
        "PROCOK"
    };

    private static final long SECOND_NS = 1_000_000_000L;
    /** Bits of {@code srv_check_state}: configured, enabled. */
    private static final int CHECK_ENABLED = 6;

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
            ServerPool pool = control.process().pools().pool(arguments.next());
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
        void write(Server server, StringBuilder out);
    }

    private static void each(List<ServerPool> pools, Answer answer, Row row) throws ClientGone {
        for (ServerPool pool : pools) {
            for (int i = 0; i < pool.serverCount(); i++) {
                row.write(pool.server(i), answer.text());
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

    private void state(Server server, StringBuilder out) {
        ServerPool pool = server.pool();
        long age = (control.process().clock().nanoTime() - server.lastChangeNs()) / SECOND_NS;
        out.append(pool.id()).append(' ').append(pool.name());
        out.append(' ').append(server.id()).append(' ').append(server.name());
        out.append(' ').append(address(server));
        out.append(' ').append(server.state().ordinal()).append(' ').append(server.adminFlags());
        out.append(' ').append(server.userWeight()).append(' ').append(server.initialWeight());
        out.append(' ').append(age).append(' ');
        check(server, out);
        out.append(" 0 0 0 - ").append(port(server)).append(" - 0 0 - - 0");
    }

    /** Status, result, health, state. */
    private static void check(Server server, StringBuilder out) {
        if (server.health() instanceof Check check) {
            int result = check.last().status().isPassed() ? 3 : 2;
            out.append(number(check.last().status().code())).append(' ').append(result);
            out.append(' ').append(check.value()).append(' ').append(CHECK_ENABLED);
        } else {
            out.append("1 0 2 0");
        }
    }

    /** HAProxy's number of a status. */
    private static int number(String code) {
        return List.of(CODES).indexOf(code);
    }

    private static String address(Server server) {
        return server.endpoint() instanceof Endpoint.Inet inet ? inet.address().getHostAddress() : "-";
    }

    private static int port(Server server) {
        return server.endpoint() instanceof Endpoint.Inet inet ? inet.port() : 0;
    }

    private void connections(Arguments arguments, Answer answer) throws CommandFailure, ClientGone {
        List<ServerPool> pools = pools(arguments);
        answer.line(
                "# bkname/svname bkid/svid addr port - purge_delay used_cur used_max need_est unsafe_nb safe_nb idle_lim"
                        + " idle_cur idle_per_thr[" + control.process().threadCount() + "]");
        each(pools, answer, StateCommands::connections);
    }

    private static void connections(Server server, StringBuilder out) {
        ServerPool pool = server.pool();
        out.append(server.path()).append(' ').append(pool.id()).append('/').append(server.id());
        out.append(' ').append(address(server)).append(' ').append(port(server)).append(" - 5000 ");
        out.append(server.connections()).append(' ').append(server.connectionsHighest());
        out.append(' ').append(server.connectionsHighest()).append(" 0 0 -1 0 0");
    }
}
