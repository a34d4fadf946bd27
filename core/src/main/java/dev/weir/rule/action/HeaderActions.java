package dev.weir.rule.action;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.protocol.http.Tokens;
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

/** Header fields: added, set, rewritten, taken out. */
final class HeaderActions implements HttpActionFamily {
    private static final Set<HttpRuleSet> ALL = EnumSet.allOf(HttpRuleSet.class);
    private static final HttpAction NOTHING = (stream, scratch) -> HttpRuleResult.CONTINUE;

    @Override
    public void describe(HttpActionTable table) {
        table.add("add-header", ALL, "appends a header field", HeaderActions::add);
        table.add("set-header", ALL, "appends a header field in place of all of its name", HeaderActions::set);
        table.add(
                "del-header",
                ALL,
                "takes out all header fields of a name, or whose names match with `-m str|beg|end|sub|reg`",
                HeaderActions::remove);
        table.add(
                "replace-header",
                ALL,
                "rewrites the values of a header that match a regular expression",
                (word, words, tools) -> replace(words, tools, false));
        table.add(
                "replace-value",
                ALL,
                "rewrites each comma separated value of a header that matches a regular expression",
                (word, words, tools) -> replace(words, tools, true));
    }

    /**
     * Content-Length and Transfer-Encoding say where a message ends, which is the codec's to know: a rule that changed them would
     * make the two sides disagree, which is what request smuggling lives on.
     */
    private static boolean isOfFraming(FieldName name, ActionTools tools) {
        boolean isOfFraming = name.text().equals(FieldName.CONTENT_LENGTH.text())
                || name.text().equals(FieldName.TRANSFER_ENCODING.text());
        if (isOfFraming) {
            tools.context().warning("'" + name + "' belongs to the framing of messages: this rule has no effect.");
        }
        return isOfFraming;
    }

    private static boolean isOfFraming(MessageHead head, int field) {
        return head.isNamed(field, FieldName.CONTENT_LENGTH) || head.isNamed(field, FieldName.TRANSFER_ENCODING);
    }

    /** A name as it is written; one that is no token would make a malformed message. */
    private static FieldName name(String text, ActionTools tools) {
        for (int i = 0; i < text.length(); i++) {
            if (!Tokens.isToken(text.charAt(i))) {
                tools.context()
                        .warning("header name '" + text + "' contains forbidden character '" + text.charAt(i) + "'.");
                break;
            }
        }
        return FieldName.of(text);
    }

    private static HttpAction add(String word, Words words, ActionTools tools) throws ParseProblem {
        return writing(false, words, tools);
    }

    private static HttpAction set(String word, Words words, ActionTools tools) throws ParseProblem {
        return writing(true, words, tools);
    }

    /** @param replaces fields of that name give way, unless there is no room for the new one */
    private static HttpAction writing(boolean replaces, Words words, ActionTools tools) throws ParseProblem {
        List<String> arguments = ActionWords.exactly(2, words);
        FieldName name = name(arguments.get(0), tools);
        FormattedText text = ActionWords.headFormat(arguments.get(1), tools);
        HeadOf of = HeadOf.setOf(tools);
        boolean isHost = isHost(name, of);
        if (isOfFraming(name, tools)) {
            return NOTHING;
        }
        return (stream, scratch) -> {
            MessageHead head = of.in(stream);
            long value = text.write(stream, scratch, head);
            if (replaces && value != Slice.NONE) {
                head.removeAll(name);
            }
            head.add(head.write(name.bytes(), 0, name.length()), value);
            if (isHost && value != Slice.NONE) {
                TargetEdit.followHost(head, value, scratch);
            }
            return HeadOf.result(stream, head);
        };
    }

    /** The authority of an absolute target says what Host says. */
    private static boolean isHost(FieldName name, HeadOf of) {
        return of == HeadOf.REQUEST && name.text().equals(FieldName.HOST.text());
    }

    private static HttpAction remove(String word, Words words, ActionTools tools) throws ParseProblem {
        String name =
                ActionWords.exactly(1, words, "expects at least 1 argument").get(0);
        HeadOf of = HeadOf.setOf(tools);
        if (!words.skip("-m")) {
            FieldName exact = FieldName.of(name);
            if (isOfFraming(exact, tools)) {
                return NOTHING;
            }
            return (stream, scratch) -> {
                of.in(stream).removeAll(exact);
                return HttpRuleResult.CONTINUE;
            };
        }
        NameMatch match = NameMatch.of(
                ActionWords.exactly(1, words, "-m flag expects exactly 1 argument")
                        .get(0),
                name);
        return (stream, scratch) -> {
            MessageHead head = of.in(stream);
            for (int field = head.fieldCount() - 1; field >= 0; field--) {
                if (match.matches(head, field, scratch) && !isOfFraming(head, field)) {
                    head.remove(field);
                }
            }
            return HttpRuleResult.CONTINUE;
        };
    }

    private static HttpAction replace(Words words, ActionTools tools, boolean isByValue) throws ParseProblem {
        List<String> arguments = ActionWords.exactly(3, words);
        FieldName name = name(arguments.get(0), tools);
        Replacement replacement = Replacement.parse(arguments.get(1), arguments.get(2), tools);
        HeadOf of = HeadOf.setOf(tools);
        boolean isHost = isHost(name, of);
        if (isOfFraming(name, tools)) {
            return NOTHING;
        }
        return (stream, scratch) -> {
            MessageHead head = of.in(stream);
            for (int field = head.find(name, 0); field >= 0; field = head.find(name, field + 1)) {
                boolean isReplaced = isByValue
                        ? FieldEdit.replaceValues(replacement, head, field, stream, scratch)
                        : FieldEdit.replaceWhole(replacement, head, field, stream, scratch);
                if (isReplaced && isHost) {
                    TargetEdit.followHost(head, head.value(field), scratch);
                }
            }
            return HeadOf.result(stream, head);
        };
    }
}
