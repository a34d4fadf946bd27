package dev.weir.config.compile;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.SocketName;
import dev.weir.cli.CliSettings;
import dev.weir.cli.Level;
import dev.weir.config.check.AddressResolver;
import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.Problems;
import dev.weir.config.model.StatsSocketLine;
import dev.weir.server.AddressText;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The sockets of the runtime API. What is wrong with an address is reported. No state. */
public final class CliCompiler {
    private CliCompiler() {}

    /** @param master sockets of {@code -S} */
    public static CliSettings compile(
            Configuration configuration, List<StatsSocketLine> master, AddressResolver resolver, Problems problems) {
        List<CliSettings.Socket> sockets = new ArrayList<>();
        for (StatsSocketLine line : configuration.global().runtimeApi().sockets()) {
            for (AddressSpec address : line.bind().addresses()) {
                add(line, address, false, resolver, problems, sockets);
            }
        }
        for (StatsSocketLine line : master) {
            for (AddressSpec address : line.bind().addresses()) {
                add(line, address, true, resolver, problems, sockets);
            }
        }
        var settings = configuration.global().runtimeApi();
        return new CliSettings(List.copyOf(sockets), settings.timeoutMs(), settings.maxConn(), settings.anonymityKey());
    }

    private static void add(
            StatsSocketLine line,
            AddressSpec address,
            boolean isMaster,
            AddressResolver resolver,
            Problems problems,
            List<CliSettings.Socket> sockets) {
        InetAddress resolved = null;
        int port = 0;
        if (address instanceof AddressSpec.Inet inet) {
            resolved = resolver.resolve(inet);
            port = inet.port();
            if (resolved == null || port == 0) {
                problems.alert(line.bind().at(), "'stats socket' : cannot use address '" + line.text() + "'.");
                return;
            }
        }
        ListenOptions options = new ListenOptions(Endpoints.of(address, resolved, port));
        ListenerCompiler.fillRights(line.bind(), "stats socket " + line.text(), options, problems);
        sockets.add(new CliSettings.Socket(
                text(line, options),
                options,
                level(line, isMaster),
                line.exposesListeners(),
                line.severityOutput(),
                isMaster));
    }

    /** As {@code show cli sockets} has it. */
    private static String text(StatsSocketLine line, ListenOptions options) {
        if (options.endpoint instanceof Endpoint.Inet inet) {
            String family = inet.address() instanceof Inet6Address ? "ipv6@" : "ipv4@";
            return family + AddressText.withPort(new SocketName().inet(inet.address(), inet.port()), inet.port());
        }
        return line.text().indexOf('@') >= 0 ? line.text() : "unix@" + line.text();
    }

    /** Without a level a socket lets operators in, and a master's administrators, as HAProxy does. */
    private static Level level(StatsSocketLine line, boolean isMaster) {
        Level otherwise = isMaster ? Level.ADMIN : Level.OPERATOR;
        return line.level().isEmpty() ? otherwise : Level.of(line.level());
    }
}
