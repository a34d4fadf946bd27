package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.AT_END;
import static dev.weir.sample.Availability.FROM_ACCEPT;
import static dev.weir.sample.Availability.FROM_HTTP_REQUEST;
import static dev.weir.sample.Availability.FROM_HTTP_RESPONSE;
import static dev.weir.sample.Availability.FROM_SERVER;
import static dev.weir.sample.SampleType.INTEGER;

import dev.weir.sample.Arguments;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;

/** When the session reached its phases, in milliseconds, -1 for a phase it did not reach. */
final class TimerFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        table.add(
                "accept_date",
                INTEGER,
                FROM_ACCEPT,
                "[str]",
                "time of accept since 1970, in s, ms or us",
                TimerFetches::checkUnit,
                (stream, args, out) ->
                        out.integer(args.compiled(TimeUnits.class).fromMicros(stream.times().acceptMicros)));
        table.add(
                "fc.timer.handshake",
                INTEGER,
                FROM_ACCEPT,
                "from accept to the end of handshakes (%Th)",
                (stream, args, out) -> out.integer(stream.times().handshakeMs()));
        table.add(
                "fc.timer.total",
                INTEGER,
                FROM_ACCEPT,
                "from accept to the end (%Tt)",
                (stream, args, out) -> out.integer(stream.times().totalMs()));
        table.add(
                "bc.timer.connect",
                INTEGER,
                FROM_SERVER,
                "connect to the server (%Tc)",
                (stream, args, out) -> out.integer(stream.times().connectMs()));
        table.add(
                "req.timer.queue",
                INTEGER,
                FROM_SERVER,
                "wait in queues (%Tw)",
                (stream, args, out) -> out.integer(stream.times().queueMs()));
        table.add(
                "res.timer.data",
                INTEGER,
                AT_END,
                "from connect to the end (%Td)",
                (stream, args, out) -> out.integer(stream.times().dataMs(stream.http() != null)));
        table.add(
                "txn.timer.user",
                INTEGER,
                AT_END,
                "time the user saw (%Tu)",
                (stream, args, out) -> out.integer(stream.times().userMs()));
        describeHttp(table);
    }

    private static void describeHttp(FetchTable table) {
        table.add(
                "req.timer.idle",
                INTEGER,
                FROM_HTTP_REQUEST,
                "from the handshakes or the request before to the first byte (%Ti)",
                (stream, args, out) -> out.integer(stream.times().idleMs()));
        table.add(
                "req.timer.hdr",
                INTEGER,
                FROM_HTTP_REQUEST,
                "from the first byte to the end of the request's head (%TR)",
                (stream, args, out) -> out.integer(stream.times().requestHeadMs()));
        table.add(
                "req.timer.tq",
                INTEGER,
                FROM_HTTP_REQUEST,
                "from accept or the request before to the end of the request's head (%Tq)",
                (stream, args, out) -> out.integer(stream.times().requestMs()));
        table.add(
                "res.timer.hdr",
                INTEGER,
                FROM_HTTP_RESPONSE,
                "from the connection to the end of the response's head (%Tr)",
                (stream, args, out) -> out.integer(stream.times().responseHeadMs()));
        table.add(
                "txn.timer.total",
                INTEGER,
                AT_END,
                "from the first byte to the end (%Ta)",
                (stream, args, out) -> out.integer(stream.times().activeMs()));
        table.add(
                "request_date",
                INTEGER,
                FROM_HTTP_REQUEST,
                "[str]",
                "time of the request's first byte since 1970, in s, ms or us",
                TimerFetches::checkUnit,
                (stream, args, out) -> out.integer(
                        args.compiled(TimeUnits.class).fromMicros(stream.times().requestMicros())));
    }

    private static void checkUnit(Arguments args, ParseContext context) throws ParseProblem {
        TimeUnits.check(args, 0);
    }
}
