package dev.weir.cli.stat;

import dev.weir.resolver.NameServer;
import dev.weir.resolver.Resolver;
import dev.weir.resolver.ResolverCounter;
import dev.weir.resolver.Resolvers;

/** {@code show stat domain resolvers}: a row for each name server, in HAProxy's three forms. */
public final class ResolverStatistics {
    private static final int COUNTERS_AT = 2;

    private ResolverStatistics() {}

    public static void csv(Resolvers resolvers, StringBuilder out) {
        out.append("# id,pid,");
        for (ResolverCounter counter : ResolverCounter.values()) {
            out.append(counter.column()).append(',');
        }
        out.append('\n');
        each(resolvers, (resolver, server) -> {
            out.append(server.name()).append(',').append(resolver).append(',');
            for (ResolverCounter counter : ResolverCounter.values()) {
                out.append(server.counters().get(counter)).append(',');
            }
            out.append('\n');
        });
    }

    public static void typed(Resolvers resolvers, StringBuilder out) {
        each(resolvers, (resolver, server) -> {
            out.append("N.0.id:CGP:str:").append(server.name()).append('\n');
            out.append("N.1.pid:CGP:str:").append(resolver).append('\n');
            for (ResolverCounter counter : ResolverCounter.values()) {
                int at = COUNTERS_AT + counter.ordinal();
                out.append("N.").append(at).append('.').append(counter.column()).append(":MGP:u64:");
                out.append(server.counters().get(counter)).append('\n');
            }
        });
    }

    /** HAProxy puts no comma between two rows; a reader of JSON wants one. */
    public static void json(Resolvers resolvers, StringBuilder out) {
        out.append('[');
        int start = out.length();
        each(resolvers, (resolver, server) -> {
            out.append(out.length() == start ? "[" : ",[");
            field(0, "id", "CGP", "str", server.name(), out);
            field(1, "pid", "CGP", "str", resolver, out.append(','));
            for (ResolverCounter counter : ResolverCounter.values()) {
                String value = "" + server.counters().get(counter);
                field(COUNTERS_AT + counter.ordinal(), counter.column(), "MGP", "u64", value, out.append(','));
            }
            out.append(']');
        });
        out.append("]\n");
    }

    private static void field(int position, String name, String tags, String type, String value, StringBuilder out) {
        out.append('{');
        Json.field(position, name, out);
        Json.tags(tags, out.append(','));
        Json.value(type, type.equals("str"), value, out.append(','));
        out.append('}');
    }

    private interface Row {
        void write(String resolver, NameServer server);
    }

    private static void each(Resolvers resolvers, Row row) {
        for (Resolver resolver : resolvers.all()) {
            for (NameServer server : resolver.nameServers()) {
                row.write(resolver.settings().name(), server);
            }
        }
    }
}
