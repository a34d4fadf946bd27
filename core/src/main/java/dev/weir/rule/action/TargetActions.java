package dev.weir.rule.action;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.protocol.http.Tokens;
import dev.weir.rule.ActionParser;
import dev.weir.rule.ActionTools;
import dev.weir.rule.FormattedText;
import dev.weir.rule.HttpAction;
import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleResult;
import dev.weir.rule.HttpRuleSet;
import dev.weir.rule.action.TargetEdit.Part;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.sample.Words;
import dev.weir.stream.Stream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The request line: method, path, query, and the target as a whole. */
final class TargetActions implements HttpActionFamily {
    private static final Set<HttpRuleSet> REQUESTS = EnumSet.of(HttpRuleSet.REQUEST);
    private static final String ONE = "expects exactly 1 argument <format>";
    private static final String TWO = "expects exactly 2 arguments <match-regex> and <replace-format>";

    @Override
    public void describe(HttpActionTable table) {
        table.add("set-method", REQUESTS, "changes the method", TargetActions::setMethod);
        table.add("set-path", REQUESTS, "changes the path; the query stays", set(Part.PATH));
        table.add("set-pathq", REQUESTS, "changes path and query", set(Part.PATH_AND_QUERY));
        table.add("set-query", REQUESTS, "changes the query", set(Part.QUERY));
        table.add("set-uri", REQUESTS, "changes the whole target, and Host with an absolute one", set(Part.WHOLE));
        table.add("replace-path", REQUESTS, "rewrites the path if it matches", replace(Part.PATH));
        table.add("replace-pathq", REQUESTS, "rewrites path and query if they match", replace(Part.PATH_AND_QUERY));
        table.add("replace-uri", REQUESTS, "rewrites the whole target if it matches", replace(Part.WHOLE));
    }

    private static HttpAction setMethod(String word, Words words, ActionTools tools) throws ParseProblem {
        FormattedText text =
                ActionWords.headFormat(ActionWords.exactly(1, words, ONE).get(0), tools);
        return (stream, scratch) -> {
            MessageHead head = stream.http().request();
            Sample sample = scratch.take();
            boolean isMethod = text.evaluate(stream, sample) && Tokens.isToken(sample.bytes(), sample.length());
            long method = isMethod ? head.write(sample.bytes(), 0, sample.length()) : Slice.NONE;
            scratch.release(sample);
            if (method == Slice.NONE) {
                head.overflow();
            } else {
                head.method(method);
            }
            return HeadOf.result(stream, head);
        };
    }

    private static ActionParser<HttpAction> set(Part part) {
        return (word, words, tools) -> {
            FormattedText text =
                    ActionWords.headFormat(ActionWords.exactly(1, words, ONE).get(0), tools);
            return (stream, scratch) -> {
                MessageHead head = stream.http().request();
                Sample sample = scratch.take();
                if (text.evaluate(stream, sample)) {
                    TargetEdit.replace(head, part, sample.bytes(), sample.length(), scratch);
                } else {
                    head.overflow();
                }
                scratch.release(sample);
                return HeadOf.result(stream, head);
            };
        };
    }

    private static ActionParser<HttpAction> replace(Part part) {
        return (word, words, tools) -> {
            List<String> arguments = ActionWords.exactly(2, words, TWO);
            Replacement replacement = Replacement.parse(arguments.get(0), arguments.get(1), tools);
            return (stream, scratch) -> replace(part, replacement, stream, scratch);
        };
    }

    private static HttpRuleResult replace(Part part, Replacement replacement, Stream stream, Scratch scratch) {
        MessageHead head = stream.http().request();
        long old = TargetEdit.part(head, part);
        if (old == Slice.NONE || Slice.length(old) == 0) {
            return HttpRuleResult.CONTINUE; // as HAProxy: nothing is not replaced, whatever the pattern
        }
        Sample sample = scratch.take();
        ByteWriter out = sample.writer();
        if (replacement.apply(stream, scratch, head.bytes(old), Slice.offset(old), Slice.length(old), out)) {
            if (sample.string(out)) {
                TargetEdit.replace(head, part, sample.bytes(), sample.length(), scratch);
            } else {
                head.overflow();
            }
        }
        scratch.release(sample);
        return HeadOf.result(stream, head);
    }
}
