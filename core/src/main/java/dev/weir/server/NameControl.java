package dev.weir.server;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.SocketName;
import dev.weir.stream.LogLevel;
import java.net.InetAddress;

/**
 * Changes of servers by what their names lead to, with HAProxy's messages. Sessions on a server stay where they are. Thread: the
 * resolvers'.
 */
public final class NameControl {
    private final ServerPool pool;
    private final ServerEnvironment environment;

    NameControl(ServerPool pool, ServerEnvironment environment) {
        this.pool = pool;
        this.environment = environment;
    }

    /**
     * New sessions go there.
     *
     * @param by who says so: {@code section/nameserver}, {@code DNS cache}, {@code DNS additional record}
     */
    public void move(Server server, InetAddress address, int port, String by) {
        String change = change(server, address, port);
        if (!change.isEmpty()) {
            server.moveTo(new Endpoint.Inet(address, port));
            report(server.path() + ": " + change + " by '" + by + "'.");
        }
    }

    /** The name leads somewhere: what held the server up because it did not is over. */
    public void found(Server server) {
        if ((server.adminFlags() & AdminFlags.RESOLUTION_MAINTENANCE) != 0 && !server.lacksAddress()) {
            pool.control().administer(server, AdminFlags.RESOLUTION_MAINTENANCE, false);
        }
    }

    /**
     * The name leads nowhere: maintenance until it does again.
     *
     * @param why in the words of messages, such as {@code DNS NX status}
     */
    public void lose(Server server, String why) {
        pool.control().maintain(server, AdminFlags.RESOLUTION_MAINTENANCE, true, " (" + why + ")");
        server.loseAddress();
    }

    /** Its name is another one from now on. */
    public void rename(Server server, String host) {
        server.rename(host);
        pool.control().note(server, AdminFlags.RENAMED);
    }

    /** An SRV record gives it a name. */
    public void assign(Server server, String host) {
        String before = server.host();
        rename(server, host);
        report(server.path() + " changed its FQDN from " + (before == null ? "(null)" : before) + " to " + host
                + " by 'SRV record'");
    }

    /** The weight of an SRV record, 0 to 65535, among HAProxy's 256. Static algorithms know none but 0 and the configured one. */
    public void weigh(Server server, int recordWeight) {
        int weight = (recordWeight + 255) / 256;
        boolean isExtreme = weight == 0 || weight == server.initialWeight();
        boolean isPossible = isExtreme || pool.isDynamic();
        if (isPossible && weight != server.userWeight()) {
            pool.control().weight(server, weight);
        }
    }

    private static String change(Server server, InetAddress address, int port) {
        Endpoint.Inet before = server.endpoint() instanceof Endpoint.Inet inet ? inet : null;
        boolean isElsewhere = before == null || !address.equals(before.address());
        String portBefore = before != null ? "" + before.port() : unknownPort(server, port);
        boolean isOtherPort = !portBefore.equals("" + port);
        String moved = "IP changed from '" + (before == null ? "(none)" : text(before.address())) + "' to '"
                + text(address) + "'";
        String ported = "port changed from '" + portBefore + "' to '" + port + "'";
        if (isElsewhere) {
            return isOtherPort ? moved + ", " + ported : moved;
        }
        return isOtherPort ? ported : "";
    }

    /** SRV records bring the port, which before the first one is the client's, as it were. */
    private static String unknownPort(Server server, int port) {
        if (server.settings().naming.service() == null) {
            return "" + port;
        }
        return (server.adminFlags() & AdminFlags.RENAMED) == 0 ? "+0" : "0";
    }

    private static String text(InetAddress address) {
        return AddressText.of(new SocketName().inet(address, 0));
    }

    private void report(String text) {
        environment.events().report(pool.name(), LogLevel.NOTICE, text);
    }
}
