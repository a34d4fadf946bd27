package dev.weir.sample.fetch;

import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.protocol.http.CookiePairs;
import dev.weir.protocol.http.MessageHead;
import dev.weir.sample.Arguments;
import dev.weir.sample.Availability;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.Numbers;
import dev.weir.sample.ParseContext;
import dev.weir.sample.Sample;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Values of cookies in {@code Cookie} and {@code Set-Cookie} fields. Without a name, an expression gets the first cookie; with
 * one, the last of that name; a test gets all in turn.
 */
final class CookieFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        describe(table, "req", Availability.HTTP_REQUEST, Heads::request, CookiePairs::start);
        describe(table, "res", Availability.HTTP_RESPONSE, Heads::response, CookiePairs::startSetCookies);
        for (String suffix : new String[] {"cook", "cook_cnt", "cook_val"}) {
            table.alias(suffix, "req." + suffix);
            table.alias('s' + suffix, "res." + suffix);
        }
        table.add(
                "cookie",
                STRING,
                Availability.HTTP_MESSAGE,
                "[str]",
                "the value of a cookie of the request, or in rules for responses of one that the response sets",
                CookieFetches::check,
                (stream, args, out) -> value(
                        Heads.message(stream, out),
                        Heads.isResponse(stream) ? CookiePairs::startSetCookies : CookiePairs::start,
                        args,
                        out));
    }

    /** Begins a walk. */
    private interface Walk {
        CookiePairs start(CookiePairs pairs, MessageHead head);
    }

    private static void describe(FetchTable table, String side, Availability from, Heads.Source source, Walk walk) {
        boolean isResponse = side.equals("res");
        String of = !isResponse ? " of the request" : " that the response sets";
        table.add(
                side + ".cook",
                STRING,
                from,
                "[str]",
                "the value of a cookie" + of,
                CookieFetches::check,
                (stream, args, out) -> value(source.head(stream, out), walk, args, out));
        table.add(
                side + ".cook_val",
                INTEGER,
                from,
                "[str]",
                "the number the value of a cookie" + of + " begins with",
                CookieFetches::check,
                (stream, args, out) -> value(source.head(stream, out), walk, args, out)
                        && out.integer(Numbers.parse(out.bytes(), 0, out.length())));
        table.add(
                side + ".cook_cnt",
                INTEGER,
                from,
                "[str]",
                "number of cookies" + of + " of a name",
                CookieFetches::check,
                (stream, args, out) -> count(source.head(stream, out), walk, args, out));
        table.add(
                side + ".cook_names",
                STRING,
                from,
                "[str]",
                "names of all cookies" + of + ", with a delimiter between",
                (stream, args, out) -> names(source.head(stream, out), walk, isResponse, args, out));
    }

    private static void check(Arguments args, ParseContext context) {
        args.compiled(args.hasText(0) ? new UnsafeBuffer(args.text(0).getBytes(StandardCharsets.UTF_8)) : null);
    }

    private static boolean value(MessageHead head, Walk walk, Arguments args, Sample out) {
        if (head == null) {
            return false;
        }
        UnsafeBuffer name = args.compiled(UnsafeBuffer.class);
        CookiePairs pairs = out.cursor() == 0 ? walk.start(out.pairs(), head) : out.pairs();
        boolean isFound = false;
        while (next(pairs, name)) {
            isFound = out.slice(head, pairs.value());
            if (out.isIterated()) {
                out.more(1);
                return true;
            }
            if (name == null) {
                return true;
            }
        }
        return isFound;
    }

    private static boolean next(CookiePairs pairs, UnsafeBuffer name) {
        if (name == null) {
            return pairs.next();
        }
        while (pairs.next(name)) {
            if (!pairs.isCutShort()) {
                return true;
            }
        }
        return false;
    }

    private static boolean count(MessageHead head, Walk walk, Arguments args, Sample out) {
        if (head == null) {
            return false;
        }
        UnsafeBuffer name = args.compiled(UnsafeBuffer.class);
        CookiePairs pairs = walk.start(out.pairs(), head);
        int count = 0;
        while (next(pairs, name)) {
            count++;
        }
        return out.integer(count);
    }

    /** @param isOnePerField a comma in a field does not begin another name */
    private static boolean names(MessageHead head, Walk walk, boolean isOnePerField, Arguments args, Sample out) {
        if (head == null) {
            return false;
        }
        ByteWriter text = out.writer();
        CookiePairs pairs = walk.start(out.pairs(), head);
        int field = -1;
        while (pairs.next()) {
            if (isOnePerField && pairs.field() == field) {
                continue;
            }
            if (field >= 0) {
                text.put(HeaderLists.delimiter(args));
            }
            field = pairs.field();
            out.slice(head, pairs.name());
            text.put(out.bytes(), 0, out.length());
        }
        return out.string(text);
    }
}
