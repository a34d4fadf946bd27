package dev.weir.cli.command;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.ServerOrders;
import dev.weir.server.ProbeTarget;
import dev.weir.server.Server;
import dev.weir.server.ServerHealth;
import dev.weir.server.check.AgentCheck;
import dev.weir.server.check.Check;
import java.nio.charset.StandardCharsets;

/** {@code set server agent…} and {@code check-…}: what the agent is taken to have said, and where agents and checks are. No state. */
final class ServerProbes {
    private static final int PORT_MAX = 65_535;

    private ServerProbes() {}

    static void agent(Server server, ServerOrders orders, String word) throws CommandFailure {
        AgentCheck agent = agentOf(server, "agent checks are not enabled on this server.");
        switch (word) {
            case "up" -> orders.takeUp(agent);
            case "down" -> orders.takeDown(agent);
            default -> throw new CommandFailure("'set server <srv> agent' expects 'up' or 'down'.");
        }
    }

    static void agentAddress(Server server, Arguments arguments) throws CommandFailure {
        arguments.requireNext("set server <b>/<s> agent-addr requires an address and optionally a port.");
        AgentCheck agent = agentOf(server, "agent checks are not enabled on this server");
        address(agent, arguments);
    }

    static void agentPort(Server server, Arguments arguments) throws CommandFailure {
        AgentCheck agent = agentOf(server, "agent checks are not enabled on this server");
        arguments.requireNext("set server <b>/<s> agent-port requires a port.");
        agent.target(agent.target().withPort(port(arguments)));
    }

    static void agentSend(Server server, Arguments arguments) throws CommandFailure {
        AgentCheck agent = agentOf(server, "agent checks are not enabled on this server.");
        String text = arguments.next();
        agent.greet(text.isEmpty() ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    static void checkAddress(Server server, Arguments arguments) throws CommandFailure {
        ServerHealth check = checkOf(server);
        arguments.requireNext("set server <b>/<s> check-addr requires an address and optionally a port.");
        address(check, arguments);
    }

    static void checkPort(Server server, Arguments arguments) throws CommandFailure {
        ServerHealth check = checkOf(server);
        arguments.requireNext("set server <b>/<s> check-port requires a port.");
        check.target(check.target().withPort(port(arguments)));
    }

    private static void address(ServerHealth probe, Arguments arguments) throws CommandFailure {
        var address = ServerAddress.literal(arguments.next(), "invalid addr '%s'");
        ProbeTarget target = probe.target().withAddress(new Endpoint.Inet(address, 0));
        probe.target(arguments.skip("port") ? target.withPort(port(arguments)) : target);
    }

    private static int port(Arguments arguments) throws CommandFailure {
        String text = arguments.next();
        if (!text.matches("[0-9]{1,9}")) {
            throw new CommandFailure("provided port is not an integer");
        }
        if (Integer.parseInt(text) > PORT_MAX) {
            throw new CommandFailure("provided port is invalid");
        }
        return Integer.parseInt(text);
    }

    private static AgentCheck agentOf(Server server, String otherwise) throws CommandFailure {
        if (server.agent() instanceof AgentCheck agent && agent.isEnabled()) {
            return agent;
        }
        throw new CommandFailure(otherwise);
    }

    private static Check checkOf(Server server) throws CommandFailure {
        if (server.health() instanceof Check check && check.isEnabled()) {
            return check;
        }
        throw new CommandFailure("health checks are not enabled on this server");
    }
}
