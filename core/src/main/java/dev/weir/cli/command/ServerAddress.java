package dev.weir.cli.command;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.SocketName;
import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.MessageLevel;
import dev.weir.server.AddressText;
import dev.weir.server.Server;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** {@code set server addr}: where a server is. No state. */
final class ServerAddress {
    private static final int PORT_MAX = 65_535;

    private ServerAddress() {}

    static void change(Server server, Arguments arguments, Answer answer) throws CommandFailure {
        arguments.requireNext("set server <b>/<s> addr requires an address and optionally a port.");
        InetAddress address = literal(arguments.next(), "Invalid addr '%s'");
        if (!(server.endpoint() instanceof Endpoint.Inet before)) {
            throw new CommandFailure(
                    "Update for the current server address family is only supported through configuration file.");
        }
        int port = arguments.skip("port") ? port(arguments.next()) : before.port();
        List<String> changes = new ArrayList<>();
        if (!address.equals(before.address())) {
            changes.add("IP changed from '" + text(before.address()) + "' to '" + text(address) + "'");
        }
        if (port != before.port()) {
            changes.add("port changed from '" + before.port() + "' to '" + port + "'");
        }
        if (changes.isEmpty()) {
            answer.message(MessageLevel.WARNING, "nothing changed");
            return;
        }
        server.moveTo(new Endpoint.Inet(address, port));
        answer.message(MessageLevel.WARNING, String.join(", ", changes) + " by 'stats socket command'");
    }

    private static String text(InetAddress address) {
        return AddressText.of(new SocketName().inet(address, 0));
    }

    private static int port(String text) throws CommandFailure {
        if (!text.matches("[0-9]{1,9}")) {
            throw new CommandFailure("problem converting port '%s' to an int", text);
        }
        int port = Integer.parseInt(text);
        if (port > PORT_MAX) {
            throw new CommandFailure("provided port is not valid");
        }
        return port;
    }

    /** @param failure the answer where it is no address */
    static InetAddress literal(String text, String failure) throws CommandFailure {
        InetAddress address = AddressText.literal(text);
        if (address == null) {
            throw new CommandFailure(failure, text);
        }
        return address;
    }
}
