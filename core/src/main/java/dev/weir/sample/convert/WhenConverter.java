package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.ANY;
import static dev.weir.sample.SampleType.SAME;

import dev.weir.sample.Arguments;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.StreamTest;
import dev.weir.sample.Verdict;
import dev.weir.stream.Stream;
import java.util.function.Predicate;

/** {@code when}: lets a value pass in some circumstances only. */
final class WhenConverter implements ConverterFamily {
    @Override
    public void describe(ConverterTable table) {
        table.add(
                "when",
                ANY,
                SAME,
                "[str],[str]",
                "the value, if so: error, normal, forwarded, processed, toapplet, stopping, or acl with a name; ! inverts it",
                WhenConverter::check,
                (stream, args, sample) ->
                        args.compiled(StreamTest.class).test(stream, sample.scratch()) == Verdict.PASS);
    }

    private static void check(Arguments args, ParseContext context) throws ParseProblem {
        String text = args.count() == 0 ? "" : args.text(0);
        boolean isInverted = text.startsWith("!");
        String word = isInverted ? text.substring(1) : text;
        StreamTest test = word.equals("acl") ? acl(args, context) : test(circumstance(word));
        args.compiled(
                isInverted
                        ? (StreamTest)
                                (stream, scratch) -> test.test(stream, scratch).negate()
                        : test);
    }

    private static StreamTest acl(Arguments args, ParseContext context) throws ParseProblem {
        String name = args.count() > 1 ? args.text(1) : "";
        StreamTest test = context.test(name);
        if (test == null) {
            throw new ParseProblem("ACL '%s' not found", name);
        }
        return test;
    }

    private static StreamTest test(Predicate<Stream> circumstance) {
        return (stream, scratch) -> circumstance.test(stream) ? Verdict.PASS : Verdict.FAIL;
    }

    private static Predicate<Stream> circumstance(String word) throws ParseProblem {
        return switch (word) {
            case "error" -> Stream::isUnusual;
            case "normal" -> stream -> !stream.isUnusual();
            case "forwarded" -> stream -> stream.server() != null;
            case "toapplet" -> stream -> stream.serviceName() != null;
            case "processed" -> stream -> stream.server() != null || stream.serviceName() != null;
            case "stopping" -> stream -> stream.process().isStopping();
            default ->
                throw new ParseProblem(
                        "expects a supported keyword among {stopping,normal,error,forwarded,toapplet,processed,acl}"
                                + " but got '%s'",
                        word);
        };
    }
}
