package dev.weir.sample.fetch;

import static dev.weir.sample.SampleType.ADDRESS;
import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.ListValues;
import dev.weir.protocol.http.MessageHead;
import dev.weir.sample.AddressText;
import dev.weir.sample.Arguments;
import dev.weir.sample.Availability;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.Numbers;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;

/**
 * Values of header fields. The {@code hdr} family divides values at commas, the {@code fhdr} family does not. Without an
 * occurrence an expression gets the last value and a test gets all of them in turn.
 */
final class HeaderFetches implements FetchFamily {
    /** How far back from the last one an occurrence may be. */
    private static final int OCCURRENCE_MIN = -10;

    @Override
    public void describe(FetchTable table) {
        describe(table, "req", Availability.HTTP_REQUEST, Heads::request);
        describe(table, "res", Availability.HTTP_RESPONSE, Heads::response);
        for (String suffix : new String[] {"hdr", "hdr_cnt", "hdr_ip", "hdr_val"}) {
            table.alias('s' + suffix, "res." + suffix);
        }
        for (String suffix : new String[] {"hdr_cnt", "hdr_ip", "hdr_val"}) {
            table.alias(suffix, "req." + suffix);
        }
        table.add(
                "hdr",
                STRING,
                Availability.HTTP_MESSAGE,
                "[str],[sint]",
                "a value of a header field of the request, or in rules for responses of the response, commas divide",
                HeaderFetches::checkOccurrence,
                (stream, args, out) -> value(Heads.message(stream, out), args, out));
    }

    private static void describe(FetchTable table, String side, Availability from, Heads.Source source) {
        String of = side.equals("req") ? " of the request" : " of the response";
        table.add(
                side + ".hdr",
                STRING,
                from,
                "[str],[sint]",
                "a value of a header field" + of + ", commas divide",
                HeaderFetches::checkOccurrence,
                (stream, args, out) -> value(source.head(stream, out), args, out));
        table.add(
                side + ".hdr_ip",
                ADDRESS,
                from,
                "[str],[sint]",
                "an address in a header field" + of,
                HeaderFetches::checkOccurrence,
                (stream, args, out) -> address(source.head(stream, out), args, out));
        table.add(
                side + ".hdr_val",
                INTEGER,
                from,
                "[str],[sint]",
                "the number a value of a header field" + of + " begins with",
                HeaderFetches::checkOccurrence,
                (stream, args, out) -> value(source.head(stream, out), args, out)
                        && out.integer(Numbers.parse(out.bytes(), 0, out.length())));
        table.add(
                side + ".fhdr",
                STRING,
                from,
                "[str],[sint]",
                "the whole value of a header field" + of,
                HeaderFetches::checkOccurrence,
                (stream, args, out) -> whole(source.head(stream, out), args, out));
        describeCounts(table, side, from, source, of);
    }

    private static void describeCounts(
            FetchTable table, String side, Availability from, Heads.Source source, String of) {
        table.add(
                side + ".hdr_cnt",
                INTEGER,
                from,
                "[str]",
                "number of values of a header field" + of + ", commas divide",
                HeaderFetches::checkName,
                (stream, args, out) -> count(source.head(stream, out), args, out));
        table.add(
                side + ".fhdr_cnt",
                INTEGER,
                from,
                "[str]",
                "number of header fields" + of + " of a name",
                HeaderFetches::checkName,
                (stream, args, out) -> wholeCount(source.head(stream, out), args, out));
        table.add(
                side + ".hdr_names",
                STRING,
                from,
                "[str]",
                "names of all header fields" + of + ", with a delimiter between",
                (stream, args, out) -> HeaderLists.names(source.head(stream, out), HeaderLists.delimiter(args), out));
        table.add(
                side + ".hdrs",
                BINARY,
                from,
                "all header fields" + of + " as they are sent, with the empty line",
                (stream, args, out) -> HeaderLists.text(source.head(stream, out), out));
        table.add(
                side + ".hdrs_bin",
                BINARY,
                from,
                "all header fields" + of + " with the lengths of names and values before them",
                (stream, args, out) -> HeaderLists.binary(source.head(stream, out), out));
    }

    private static void checkName(Arguments args, ParseContext context) throws ParseProblem {
        args.compiled(args.hasText(0) ? FieldName.of(args.text(0)) : null);
    }

    private static void checkOccurrence(Arguments args, ParseContext context) throws ParseProblem {
        if (args.number(1, 0) < OCCURRENCE_MIN) {
            throw new ParseProblem("header occurrence must be >= %d", OCCURRENCE_MIN);
        }
        checkName(args, context);
    }

    private static boolean value(MessageHead head, Arguments args, Sample out) {
        if (head == null || args.count() == 0) {
            return false;
        }
        FieldName name = args.compiled(FieldName.class);
        int occurrence = (int) args.number(1, 0);
        if (occurrence != 0) {
            return occurrence(head, name, occurrence, out);
        }
        return out.isIterated() ? next(head, name, out) : last(head, name, out);
    }

    private static boolean next(MessageHead head, FieldName name, Sample out) {
        ListValues values = out.cursor() == 0 ? out.values().start(head, name) : out.values();
        if (!values.next()) {
            return false;
        }
        out.more(1);
        return out.slice(head, values.value());
    }

    /** The last value of the last field; even an empty field has one. */
    private static boolean last(MessageHead head, FieldName name, Sample out) {
        int field = lastField(head, name, head.fieldCount());
        if (field < 0) {
            return false;
        }
        ListValues values = out.values().startField(head, field);
        while (values.next()) {
            out.slice(head, values.value());
        }
        return true;
    }

    private static boolean occurrence(MessageHead head, FieldName name, int occurrence, Sample out) {
        int wanted = occurrence > 0 ? occurrence : count(head, name, out) + occurrence + 1;
        ListValues values = out.values().start(head, name);
        int number = 0;
        while (wanted > 0 && values.next()) {
            if (++number == wanted) {
                return out.slice(head, values.value());
            }
        }
        return false;
    }

    private static int count(MessageHead head, FieldName name, Sample out) {
        ListValues values = out.values().start(head, name);
        int count = 0;
        while (values.next()) {
            count++;
        }
        return count;
    }

    private static boolean count(MessageHead head, Arguments args, Sample out) {
        return head != null && out.integer(count(head, args.compiled(FieldName.class), out));
    }

    /** Values that are no address are passed over. */
    private static boolean address(MessageHead head, Arguments args, Sample out) {
        while (value(head, args, out)) {
            if (AddressText.parseHost(out.bytes(), 0, out.length(), out)) {
                return true;
            }
            if (!out.hasMore()) {
                return false;
            }
        }
        return false;
    }

    private static boolean whole(MessageHead head, Arguments args, Sample out) {
        if (head == null || args.count() == 0) {
            return false;
        }
        FieldName name = args.compiled(FieldName.class);
        int occurrence = (int) args.number(1, 0);
        int field;
        if (occurrence > 0) {
            field = nthField(head, name, occurrence);
        } else if (occurrence < 0 || !out.isIterated()) {
            field = nthLastField(head, name, Math.max(1, -occurrence));
        } else {
            field = nextField(head, name, out.cursor());
            if (field >= 0) {
                out.more(field + 1);
            }
        }
        return field >= 0 && out.slice(head, head.value(field));
    }

    private static int nthField(MessageHead head, FieldName name, int number) {
        int field = -1;
        for (int i = 0; i < number; i++) {
            field = nextField(head, name, field + 1);
            if (field < 0) {
                break;
            }
        }
        return field;
    }

    private static int nthLastField(MessageHead head, FieldName name, int number) {
        int field = head.fieldCount();
        for (int i = 0; i < number && field >= 0; i++) {
            field = lastField(head, name, field);
        }
        return field;
    }

    private static int nextField(MessageHead head, FieldName name, int from) {
        if (name != null) {
            return head.find(name, from);
        }
        return from < head.fieldCount() ? from : -1;
    }

    private static int lastField(MessageHead head, FieldName name, int before) {
        int field = before - 1;
        while (field >= 0 && name != null && !head.isNamed(field, name)) {
            field--;
        }
        return field;
    }

    private static boolean wholeCount(MessageHead head, Arguments args, Sample out) {
        if (head == null) {
            return false;
        }
        FieldName name = args.compiled(FieldName.class);
        int count = 0;
        for (int field = 0; field < head.fieldCount(); field++) {
            count += name == null || head.isNamed(field, name) ? 1 : 0;
        }
        return out.integer(count);
    }
}
