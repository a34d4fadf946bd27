package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.FROM_ACCEPT;
import static dev.weir.sample.SampleType.INTEGER;

import dev.weir.bridge.transport.Connection.TcpInfo;
import dev.weir.sample.Arguments;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.stream.StreamSide;

/** Figures of the kernel's TCP_INFO; each costs a system call. */
final class TcpInfoFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        clientTime(table, "fc_rtt", "round-trip time to the client", TcpInfo.RTT_US);
        clientTime(table, "fc_rttvar", "variance of the round-trip time to the client", TcpInfo.RTT_VARIANCE_US);
        serverTime(table, "bc_rtt", "round-trip time to the server", TcpInfo.RTT_US);
        serverTime(table, "bc_rttvar", "variance of the round-trip time to the server", TcpInfo.RTT_VARIANCE_US);
        count(table, "fc_unacked", "unacknowledged segments towards the client", TcpInfo.UNACKED);
        count(table, "fc_sacked", "selectively acknowledged segments", TcpInfo.SACKED);
        count(table, "fc_lost", "segments considered lost", TcpInfo.LOST);
        count(table, "fc_retrans", "segments retransmitted", TcpInfo.RETRANSMITS);
        count(table, "fc_fackets", "forward acknowledged segments", TcpInfo.FACKETS);
        count(table, "fc_reordering", "reordering of the client's connection", TcpInfo.REORDERING);
    }

    private static void clientTime(FetchTable table, String name, String description, TcpInfo figure) {
        table.add(
                name,
                INTEGER,
                FROM_ACCEPT,
                "[str]",
                description + ", in ms or us",
                TcpInfoFetches::checkUnit,
                (stream, args, out) -> time(stream.clientSide(), figure, args, out));
    }

    /** HAProxy takes it in any rule: before there is such a connection it has no value. */
    private static void serverTime(FetchTable table, String name, String description, TcpInfo figure) {
        table.add(
                name,
                INTEGER,
                FROM_ACCEPT,
                "[str]",
                description + ", in ms or us",
                TcpInfoFetches::checkUnit,
                (stream, args, out) -> time(stream.serverSide(), figure, args, out));
    }

    private static boolean time(StreamSide side, TcpInfo figure, Arguments args, Sample out) {
        long micros = side.tcpInfo(figure);
        return micros >= 0 && out.integer(args.compiled(TimeUnits.class).fromMicros(micros));
    }

    private static void count(FetchTable table, String name, String description, TcpInfo figure) {
        table.add(name, INTEGER, FROM_ACCEPT, description, (stream, args, out) -> {
            long value = stream.clientSide().tcpInfo(figure);
            return value >= 0 && out.integer(value);
        });
    }

    private static void checkUnit(Arguments args, ParseContext context) throws ParseProblem {
        TimeUnits unit = TimeUnits.parse(args, 0, TimeUnits.MILLISECONDS);
        if (unit == TimeUnits.SECONDS) {
            throw new ParseProblem("expects 'ms' or 'us', got 's'");
        }
        args.compiled(unit);
    }
}
