package dev.weir.config.parse;

import dev.weir.sample.Network;
import java.util.ArrayList;
import java.util.List;

/** Options of a server about the name that it has instead of an address. */
final class ResolveOptions {
    private static final int NETWORKS_MAX = 5;

    private ResolveOptions() {}

    static void fill(KeywordTable<ServerDraft> table) {
        table.supported(
                "resolvers",
                0,
                "section whose name servers are asked for its address, again and again",
                (server, line) -> server.resolve.resolvers = line.next());
        table.supported(
                "resolve-prefer",
                0,
                "family of addresses to ask for first: `ipv4` or `ipv6` (unless set)",
                ResolveOptions::prefer);
        table.supported(
                "resolve-net", 0, "networks whose addresses are preferred, at most 5", ResolveOptions::networks);
        table.supported(
                "resolve-opts", 0, "`allow-dup-ip`, `prevent-dup-ip`, `ignore-weight`", ResolveOptions::options);
    }

    private static void prefer(ServerDraft server, Line line) {
        String family = line.next();
        server.resolve.isIpv4 = family.equals("ipv4");
        if (!server.resolve.isIpv4 && !family.equals("ipv6")) {
            line.alertSubject("expects either ipv4 or ipv6 as argument.");
        }
    }

    private static void networks(ServerDraft server, Line line) {
        String text = line.next();
        if (text.isEmpty()) {
            line.alertSubject("expects a list of networks.");
            return;
        }
        List<Network> networks = new ArrayList<>(server.resolve.networks);
        for (String each : text.split(",")) {
            Network network = Network.parse(each);
            if (network == null) {
                line.alertSubject("invalid network '" + each + "'.");
                return;
            }
            networks.add(network);
        }
        if (networks.size() > NETWORKS_MAX) {
            line.alertSubject("exceed " + NETWORKS_MAX + " networks.");
        }
        server.resolve.networks = List.copyOf(networks);
    }

    private static void options(ServerDraft server, Line line) {
        String text = line.next();
        for (String option : text.split(",")) {
            switch (option) {
                case "allow-dup-ip" -> server.resolve.allowsDuplicates = true;
                case "prevent-dup-ip" -> server.resolve.allowsDuplicates = false;
                case "ignore-weight" -> server.resolve.ignoresWeight = true;
                case "" -> {}
                default ->
                    line.alertSubject(": unknown resolve-opts option '" + option
                            + "', supported methods are 'allow-dup-ip', 'ignore-weight', and 'prevent-dup-ip'.");
            }
        }
    }
}
