package dev.weir.config.check;

import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.AddressSpec.Family;
import dev.weir.config.model.AddressSpec.Inet;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ServerLine;
import dev.weir.config.model.ServerLine.InitAddress;
import dev.weir.config.parse.Literals;
import java.net.InetAddress;

/** Finds a server's address at start, as its {@code init-addr} says. */
public final class ServerAddresses {
    private ServerAddresses() {}

    /** Complains if a name cannot be resolved and nothing allows that. */
    static void check(ServerLine server, String subject, Problems problems, AddressResolver resolver) {
        if (server.address() instanceof Inet inet && resolve(server, resolver) == null) {
            reportMissing(server, inet.host(), subject, problems);
        }
        resolved(server.check().address(), server, subject, problems, resolver);
        resolved(server.check().agent().address(), server, subject, problems, resolver);
        if (server.source() != null && resolver.resolve(server.source().address()) == null) {
            problems.alert(
                    server.source().at(),
                    subject + "could not resolve address '"
                            + server.source().address().host() + "'.");
        }
    }

    private static void reportMissing(ServerLine server, String host, String subject, Problems problems) {
        String what = isAskable(server) ? "could not resolve address '" : "no method found to resolve address '";
        if (!mayLackAddress(server)) {
            problems.alert(server.at(), subject + what + host + "'.");
        } else if (isAskable(server)) {
            problems.notice(server.at(), subject + what + host + "', disabling server.");
        }
    }

    /** @param address null for none */
    private static void resolved(
            Inet address, ServerLine server, String subject, Problems problems, AddressResolver resolver) {
        if (address != null && resolver.resolve(address) == null) {
            problems.alert(server.at(), subject + "could not resolve address '" + address.host() + "'.");
        }
    }

    /** Whether the system's resolver may know it: it knows no SRV records. */
    private static boolean isAskable(ServerLine server) {
        return !server.isService() && server.initAddr().contains(new InitAddress.Libc());
    }

    /** Whether the server may start without an address, in maintenance. */
    public static boolean mayLackAddress(ServerLine server) {
        return server.initAddr().contains(new InitAddress.None());
    }

    /** The address to start with; null for a UNIX socket, and where a name could not be resolved. */
    public static InetAddress resolve(ServerLine server, AddressResolver resolver) {
        AddressSpec address = server.address();
        if (!(address instanceof Inet inet)) {
            return null;
        }
        InetAddress literal = inet.isWildcard() ? resolver.resolve(inet) : Literals.parse(inet.host());
        if (literal != null) {
            return literal;
        }
        for (var step : server.initAddr()) {
            InetAddress found = switch (step) {
                case InitAddress.Last ignored -> null; // a state file is read when servers exist
                case InitAddress.Libc ignored -> server.isService() ? null : resolver.resolve(inet);
                case InitAddress.None ignored -> null;
                case InitAddress.Literal given -> resolver.resolve(given.host(), Family.ANY);
            };
            if (found != null || step instanceof InitAddress.None) {
                return found;
            }
        }
        return null;
    }
}
