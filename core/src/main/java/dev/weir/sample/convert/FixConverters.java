package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.BOOLEAN;

import dev.weir.protocol.FixMessage;
import dev.weir.protocol.Validity;
import dev.weir.sample.Arguments;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;

/** The first messages of FIX connections. They allocate a message each time, which is once a connection. */
final class FixConverters implements ConverterFamily {
    @Override
    public void describe(ConverterTable table) {
        table.add(
                "fix_is_valid",
                BINARY,
                BOOLEAN,
                "whether it is a message of FIX 4.0 to 5.0, with the length and the checksum that it says",
                (stream, args, sample) -> isValid(sample));
        table.add(
                "fix_tag_value",
                BINARY,
                BINARY,
                "str",
                "value of a field of a FIX message, by the number or the name of its tag",
                FixConverters::check,
                (stream, args, sample) -> value(sample, args.compiled(Integer.class)));
    }

    private static void check(Arguments args, ParseContext context) throws ParseProblem {
        int tag = FixMessage.tagNamed(args.text(0));
        if (tag == 0) {
            throw new ParseProblem("Unknown FIX tag name '%s'", args.text(0));
        }
        args.compiled(tag);
    }

    private static boolean isValid(Sample sample) {
        Validity validity = new FixMessage(sample.bytes()).validity();
        sample.mayChange(validity == Validity.INCOMPLETE);
        return validity != Validity.INCOMPLETE && sample.bool(validity == Validity.VALID);
    }

    /** An empty value may grow, as HAProxy has it. */
    private static boolean value(Sample sample, int tag) {
        FixMessage message = new FixMessage(sample.bytes());
        int offset = message.find(tag);
        boolean isEmpty = offset >= 0 && message.valueLength() == 0;
        sample.mayChange(offset == FixMessage.UNKNOWN || isEmpty);
        return offset >= 0 && !isEmpty && sample.slice(offset, message.valueLength());
    }
}
