package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.cli.ServerOrders;
import dev.weir.server.Server;
import dev.weir.server.ServerControl;
import dev.weir.stream.Cause;

/** What an operator changes of servers: state, weight, health, address, limits. */
public final class ServerCommands implements CommandFamily {
    private static final int CONNECTIONS_MAX = 1_000_000;
    private static final int WEIGHT_MAX = 256;
    private static final String WEIGHT_RANGE = "Absolute weight can only be between 0 and 256 inclusive.";
    private static final String NEGATIVE_WEIGHT = "Relative weight must be positive.";

    private final RuntimeControl control;

    public ServerCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "set server",
                Level.ADMIN,
                "set server <bk>/<srv> [opts]",
                "change a server's state, weight, address or ssl",
                this::set);
        table.add(
                "set weight",
                Level.ADMIN,
                "set weight <bk>/<srv>  (DEPRECATED)",
                "change a server's weight (use 'set server' instead)",
                (arguments, answer) -> weight(Names.server(arguments, control), arguments));
        table.add(
                "get weight",
                Level.USER,
                "get weight <bk>/<srv>",
                "report a server's current weight",
                (arguments, answer) -> getWeight(Names.server(arguments, control), answer));
        table.add(
                "enable server",
                Level.ADMIN,
                "enable server  (DEPRECATED)",
                "enable a disabled server (use 'set server' instead)",
                (arguments, answer) -> state(Names.server(arguments, control), "ready"));
        table.add(
                "disable server",
                Level.ADMIN,
                "disable server (DEPRECATED)",
                "disable a server for maintenance (use 'set server' instead)",
                (arguments, answer) -> orders(Names.server(arguments, control)).maintain());
        table.add(
                "set maxconn server",
                Level.ADMIN,
                "set maxconn server <bk>/<srv>",
                "change a server's maxconn setting",
                (arguments, answer) -> limitConnections(Names.server(arguments, control), arguments));
        table.add(
                "shutdown sessions server",
                Level.ADMIN,
                "shutdown sessions server <bk>/<srv>",
                "kill sessions on a server",
                (arguments, answer) -> {
                    Server server = Names.server(arguments, control);
                    control(server).shutdownSessions(server, Cause.KILLED);
                });
        describeLists(table);
    }

    private void describeLists(CommandTable table) {
        table.add(
                "show backend",
                Level.USER,
                "show backend",
                "list backends in the current running config",
                (arguments, answer) -> {
                    answer.line("# name");
                    control.process().pools().all().stream()
                            .sorted((a, b) -> Integer.compare(a.id(), b.id()))
                            .forEach(pool -> answer.line(pool.name()));
                });
    }

    private static void limitConnections(Server server, Arguments arguments) throws CommandFailure {
        arguments.requireNext("Require <maxconn>.");
        if (!Character.isDigit(arguments.peek().charAt(0))) {
            throw new CommandFailure("maxconn string empty or preceded by garbage");
        }
        server.limitConnections(Names.integer(arguments, 0, CONNECTIONS_MAX));
    }

    private static ServerControl control(Server server) {
        return server.pool().control();
    }

    // ---- set server ----

    private void set(Arguments arguments, Answer answer) throws CommandFailure {
        Server server = Names.server(arguments, control);
        String what = arguments.next();
        switch (what) {
            case "state" -> state(server, arguments.next());
            case "weight" -> weight(server, arguments);
            case "health" -> health(server, arguments.next());
            case "addr" -> ServerAddress.change(server, arguments, answer);
            case "agent" -> ServerProbes.agent(server, orders(server), arguments.next());
            case "agent-addr" -> ServerProbes.agentAddress(server, arguments);
            case "agent-port" -> ServerProbes.agentPort(server, arguments);
            case "agent-send" -> ServerProbes.agentSend(server, arguments);
            case "check-addr" -> ServerProbes.checkAddress(server, arguments);
            case "check-port" -> ServerProbes.checkPort(server, arguments);
            case "fqdn" -> ServerName.change(server, arguments, control.serverNames(), answer);
            case "ssl" ->
                throw new CommandFailure(
                        "'set server <srv> ssl' cannot be set.  default-server should define ssl settings");
            default ->
                throw new CommandFailure("usage: set server <backend>/<server> addr | agent | agent-addr | agent-port |"
                        + " agent-send | check-addr | check-port | fqdn | health | ssl | state | weight");
        }
    }

    private static void state(Server server, String state) throws CommandFailure {
        ServerOrders orders = orders(server);
        switch (state) {
            case "ready" -> orders.makeReady();
            case "drain" -> orders.drain();
            case "maint" -> orders.maintain();
            default -> throw new CommandFailure("'set server <srv> state' expects 'ready', 'drain' and 'maint'.");
        }
    }

    private static ServerOrders orders(Server server) {
        return new ServerOrders(server, "CLI");
    }

    private static void health(Server server, String health) throws CommandFailure {
        if (server.tracked() != null) {
            throw new CommandFailure("cannot change health on a tracking server.");
        }
        ServerOrders orders = orders(server);
        switch (health) {
            case "up" -> orders.takeUp();
            case "down" -> orders.takeDown();
            case "stopping" -> orders.quiesce();
            default -> throw new CommandFailure("'set server <srv> health' expects 'up', 'stopping', or 'down'.");
        }
    }

    // ---- weights ----

    private static void weight(Server server, Arguments arguments) throws CommandFailure {
        arguments.requireNext("Require <weight> or <weight%>.");
        String text = arguments.next();
        boolean isRelative = text.endsWith("%");
        String digits = isRelative ? text.substring(0, text.length() - 1) : text;
        if (digits.isEmpty()
                || !Character.isDigit(digits.charAt(digits.startsWith("-") && digits.length() > 1 ? 1 : 0))) {
            throw new CommandFailure("Empty weight string empty or preceded by garbage");
        }
        if (digits.matches("-[0-9]+")) {
            throw new CommandFailure(isRelative ? NEGATIVE_WEIGHT : WEIGHT_RANGE);
        }
        if (!digits.matches("[0-9]{1,9}")) {
            throw new CommandFailure("Trailing garbage in weight string");
        }
        int number = Integer.parseInt(digits);
        if (isRelative && number > 100 * WEIGHT_MAX) {
            throw new CommandFailure(NEGATIVE_WEIGHT);
        }
        if (!isRelative && number > WEIGHT_MAX) {
            throw new CommandFailure(WEIGHT_RANGE);
        }
        int weight = isRelative ? (int) Math.min(WEIGHT_MAX, (long) server.initialWeight() * number / 100) : number;
        boolean isExtreme = weight == 0 || weight == server.initialWeight();
        if (!server.pool().isDynamic() && !isExtreme) {
            throw new CommandFailure(
                    "Backend is using a static LB algorithm and only accepts weights '0%%' and '100%%'.");
        }
        control(server).weight(server, weight);
    }

    private static void getWeight(Server server, Answer answer) {
        answer.line(server.userWeight() + " (initial " + server.initialWeight() + ")");
    }
}
