package dev.weir.rule.action;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.rule.ActionTools;
import dev.weir.rule.FormattedText;
import dev.weir.rule.HttpAction;
import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleResult;
import dev.weir.rule.HttpRuleSet;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Header fields: added, set, taken out. */
final class HeaderActions implements HttpActionFamily {
    private static final Set<HttpRuleSet> ALL = EnumSet.allOf(HttpRuleSet.class);

    @Override
    public void describe(HttpActionTable table) {
        table.add("add-header", ALL, "appends a header field", HeaderActions::add);
        table.add("set-header", ALL, "appends a header field in place of all of its name", HeaderActions::set);
        table.add("del-header", ALL, "takes out all header fields of a name", HeaderActions::remove);
    }

    private static HttpAction add(String word, Words words, ActionTools tools) throws ParseProblem {
        List<String> arguments = ActionWords.exactly(2, words);
        FieldName name = FieldName.of(arguments.get(0));
        FormattedText value = ActionWords.format(arguments.get(1), tools);
        HeadOf of = HeadOf.setOf(tools);
        return (stream, scratch) -> {
            MessageHead head = of.in(stream);
            head.add(head.write(name.bytes(), 0, name.length()), value.write(stream, scratch, head));
            return HeadOf.result(stream, head);
        };
    }

    private static HttpAction set(String word, Words words, ActionTools tools) throws ParseProblem {
        List<String> arguments = ActionWords.exactly(2, words);
        FieldName name = FieldName.of(arguments.get(0));
        FormattedText text = ActionWords.format(arguments.get(1), tools);
        HeadOf of = HeadOf.setOf(tools);
        return (stream, scratch) -> {
            MessageHead head = of.in(stream);
            long value = text.write(stream, scratch, head);
            if (value != Slice.NONE) {
                head.removeAll(name);
            }
            head.add(head.write(name.bytes(), 0, name.length()), value);
            return HeadOf.result(stream, head);
        };
    }

    private static HttpAction remove(String word, Words words, ActionTools tools) throws ParseProblem {
        FieldName name = FieldName.of(
                ActionWords.exactly(1, words, "expects at least 1 argument").get(0));
        HeadOf of = HeadOf.setOf(tools);
        return (stream, scratch) -> {
            of.in(stream).removeAll(name);
            return HttpRuleResult.CONTINUE;
        };
    }
}
