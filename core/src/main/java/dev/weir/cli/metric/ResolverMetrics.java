package dev.weir.cli.metric;

import dev.weir.resolver.NameServer;
import dev.weir.resolver.Resolver;
import dev.weir.resolver.ResolverCounter;
import dev.weir.resolver.Resolvers;

/** The metrics of name servers, gauges as in HAProxy. */
final class ResolverMetrics {
    private static final String PREFIX = "haproxy_resolver_";

    private ResolverMetrics() {}

    static String name(ResolverCounter counter) {
        return PREFIX + counter.column();
    }

    static boolean isAny(Resolvers resolvers) {
        return resolvers.all().stream()
                .anyMatch(resolver -> !resolver.nameServers().isEmpty());
    }

    static void write(Resolvers resolvers, ResolverCounter counter, StringBuilder out) {
        for (Resolver resolver : resolvers.all()) {
            for (NameServer server : resolver.nameServers()) {
                out.append(name(counter)).append("{resolver=\"");
                out.append(MetricPage.escape(resolver.settings().name())).append("\",nameserver=\"");
                out.append(MetricPage.escape(server.name())).append("\"} ");
                out.append(server.counters().get(counter)).append('\n');
            }
        }
    }
}
