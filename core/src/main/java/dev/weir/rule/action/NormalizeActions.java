package dev.weir.rule.action;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.rule.ActionTools;
import dev.weir.rule.HttpAction;
import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleResult;
import dev.weir.rule.HttpRuleSet;
import dev.weir.rule.action.TargetEdit.Part;
import dev.weir.rule.reply.Reply;
import dev.weir.rule.reply.ReplyParser;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.sample.Words;
import dev.weir.stream.Stream;
import java.util.EnumSet;

/** {@code normalize-uri} with its normalizers. */
final class NormalizeActions implements HttpActionFamily {
    @Override
    public void describe(HttpActionTable table) {
        table.add(
                "normalize-uri",
                EnumSet.of(HttpRuleSet.REQUEST),
                "writes the target in a uniform way; needs `expose-experimental-directives`",
                NormalizeActions::parse);
    }

    private static HttpAction parse(String word, Words words, ActionTools tools) throws ParseProblem {
        String name =
                ActionWords.exactly(1, words, "missing argument <normalizer>").get(0);
        Reply malformed = ReplyParser.page(400, "normalize-uri");
        return switch (name) {
            case "fragment-strip" -> new Normalize(Part.PATH_AND_QUERY, Normalizer::stripFragment, malformed);
            case "fragment-encode" -> new Normalize(Part.PATH_AND_QUERY, Normalizer::encodeFragment, malformed);
            case "path-merge-slashes" -> new Normalize(Part.PATH, Normalizer::mergeSlashes, malformed);
            case "path-strip-dot" -> new Normalize(Part.PATH, Normalizer::stripDot, malformed);
            case "path-strip-dotdot" -> {
                boolean isFull = option(words, "full", name);
                yield new Normalize(
                        Part.PATH,
                        (text, offset, length, out) -> Normalizer.stripDotDot(text, offset, length, isFull, out),
                        malformed);
            }
            case "percent-decode-unreserved" -> {
                boolean isStrict = option(words, "strict", name);
                yield new Normalize(
                        Part.PATH_AND_QUERY,
                        (text, offset, length, out) -> Normalizer.decodeUnreserved(text, offset, length, isStrict, out),
                        malformed);
            }
            case "percent-to-uppercase" -> {
                boolean isStrict = option(words, "strict", name);
                yield new Normalize(
                        Part.PATH_AND_QUERY,
                        (text, offset, length, out) -> Normalizer.upperCase(text, offset, length, isStrict, out),
                        malformed);
            }
            case "query-sort-by-name" -> new Normalize(Part.QUERY, Normalizer::sortQuery, malformed);
            default -> throw new ParseProblem("unknown normalizer '%s'", name);
        };
    }

    private static boolean option(Words words, String option, String normalizer) throws ParseProblem {
        if (words.skip(option)) {
            return true;
        }
        if (ActionWords.hasArgument(words)) {
            throw new ParseProblem("unknown argument '%s' for '%s' normalizer", words.peek(), normalizer);
        }
        return false;
    }

    /** @param reply to a target that is malformed, where that matters */
    private record Normalize(Part part, Normalizer.Form form, Reply reply) implements HttpAction {
        @Override
        public HttpRuleResult run(Stream stream, Scratch scratch) {
            MessageHead head = stream.http().request();
            long old = TargetEdit.part(head, part);
            if (old == Slice.NONE || Slice.length(old) == 0) {
                return HttpRuleResult.CONTINUE;
            }
            Sample sample = scratch.take();
            ByteWriter out = sample.writer();
            boolean isWellFormed = form.write(head.bytes(old), Slice.offset(old), Slice.length(old), out);
            if (isWellFormed && sample.string(out)) {
                TargetEdit.replace(head, part, sample.bytes(), sample.length(), scratch);
            }
            scratch.release(sample);
            return isWellFormed ? HeadOf.result(stream, head) : HttpRuleResult.DENY;
        }
    }
}
