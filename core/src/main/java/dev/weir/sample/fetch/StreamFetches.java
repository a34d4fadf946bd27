package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.ALWAYS;
import static dev.weir.sample.Availability.FROM_ACCEPT;
import static dev.weir.sample.Availability.FROM_BACKEND;
import static dev.weir.sample.Availability.FROM_SERVER;
import static dev.weir.sample.Availability.FROM_START;
import static dev.weir.sample.SampleType.ANY;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.Arguments;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.Sample;
import dev.weir.stream.Stream;
import dev.weir.stream.StreamTimeouts;

/** What can be asked about the session itself: its variables, counts and fate. */
final class StreamFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        table.add(
                "var",
                ANY,
                ALWAYS,
                "var,[str]",
                "a variable, or the given default",
                (stream, args, out) -> out.variable(stream.variables().get(args.variable(0)))
                        || args.has(1) && out.string(args.bytes(1)));
        table.add(
                "wait_end", BOOLEAN, FROM_ACCEPT, "true once inspection may not wait any more", (stream, args, out) -> {
                    out.mayChange(!stream.isFinalEvaluation());
                    return stream.isFinalEvaluation() && out.bool(true);
                });
        describeCounts(table);
        describePriority(table);
        describeRules(table);
    }

    private static void describeCounts(FetchTable table) {
        table.add(
                "bytes_in",
                INTEGER,
                FROM_ACCEPT,
                "bytes received from the client",
                (stream, args, out) -> out.integer(stream.counts().bytesIn));
        table.add(
                "bytes_out",
                INTEGER,
                FROM_ACCEPT,
                "bytes sent to the client",
                (stream, args, out) -> out.integer(stream.counts().bytesOut));
        table.add(
                "txn.conn_retries",
                INTEGER,
                FROM_SERVER,
                "connection retries",
                (stream, args, out) -> out.integer(stream.counts().retries));
        table.add(
                "txn.redispatched",
                BOOLEAN,
                FROM_SERVER,
                "whether a retry went to another server",
                (stream, args, out) -> out.bool(stream.counts().isRedispatched));
        table.add(
                "txn.id32",
                INTEGER,
                FROM_START,
                "number of the stream, 32 bits",
                (stream, args, out) -> out.integer(stream.id() & 0xFFFF_FFFFL));
        table.add(
                "txn.sess_term_state",
                STRING,
                FROM_ACCEPT,
                "termination state, -- while it lasts",
                (stream, args, out) -> {
                    char cause = stream.cause().letter();
                    return out.string(out.writer().put(cause).put(stream.phase().letter()));
                });
    }

    private static void describePriority(FetchTable table) {
        table.add(
                "prio_class",
                INTEGER,
                FROM_ACCEPT,
                "priority class in queues",
                (stream, args, out) -> out.integer(stream.wishes().priorityClass));
        table.add(
                "prio_offset",
                INTEGER,
                FROM_ACCEPT,
                "priority offset in queues, in ms",
                (stream, args, out) -> out.integer(stream.wishes().priorityOffsetMs));
        table.add(
                "cur_client_timeout",
                INTEGER,
                FROM_ACCEPT,
                "timeout client in force, in ms",
                (stream, args, out) -> out.integer(stream.timeouts().clientMs()));
        table.add(
                "cur_server_timeout",
                INTEGER,
                FROM_BACKEND,
                "timeout server in force, in ms",
                (stream, args, out) -> out.integer(serverTimeout(stream)));
        table.add(
                "cur_tunnel_timeout",
                INTEGER,
                FROM_BACKEND,
                "timeout tunnel in force, in ms",
                (stream, args, out) -> out.integer(stream.timeouts().tunnelMs()));
    }

    /** A backend's is not in force before there is a connection. */
    private static long serverTimeout(Stream stream) {
        StreamTimeouts timeouts = stream.timeouts();
        return timeouts.hasSetServer() || stream.serverSide().isConnected() ? timeouts.serverMs() : 0;
    }

    private static void describeRules(FetchTable table) {
        table.add(
                "last_entity",
                STRING,
                FROM_ACCEPT,
                "file and line of the rule that ended the last rule set, with a colon between",
                StreamFetches::lastEntity);
        table.add(
                "last_rule_file",
                STRING,
                FROM_ACCEPT,
                "configuration file of the rule that ended the last rule set",
                (stream, args, out) -> out.string(stream.lastRuleFile()));
        table.add(
                "last_rule_line",
                INTEGER,
                FROM_ACCEPT,
                "line of the rule that ended the last rule set",
                (stream, args, out) -> stream.lastRuleFile() != null && out.integer(stream.lastRuleLine()));
    }

    private static boolean lastEntity(Stream stream, Arguments args, Sample out) {
        if (stream.lastRuleFile() == null) {
            return false;
        }
        return out.string(out.writer().put(stream.lastRuleFile()).put(':').putDecimal(stream.lastRuleLine()));
    }
}
