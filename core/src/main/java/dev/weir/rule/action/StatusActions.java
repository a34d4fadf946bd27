package dev.weir.rule.action;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.protocol.http.StatusReason;
import dev.weir.rule.ActionTools;
import dev.weir.rule.HttpAction;
import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleSet;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;

/** The status line. */
final class StatusActions implements HttpActionFamily {
    @Override
    public void describe(HttpActionTable table) {
        table.add(
                "set-status",
                EnumSet.of(HttpRuleSet.RESPONSE, HttpRuleSet.AFTER_RESPONSE),
                "changes the status, and the reason phrase with it",
                StatusActions::setStatus);
    }

    private static HttpAction setStatus(String word, Words words, ActionTools tools) throws ParseProblem {
        String text = ActionWords.exactly(
                        1, words, "expects 1 argument: <status>; or 3 arguments: <status> reason <fmt>")
                .get(0);
        int status = text.matches("[0-9]{3}") ? Integer.parseInt(text) : 0;
        if (status < 100) {
            throw new ParseProblem("expects an integer status code between 100 and 999");
        }
        byte[] reason = StatusReason.of(status);
        if (words.peek().equals("reason")) {
            words.next();
            reason = ActionWords.exactly(1, words, "missing reason phrase")
                    .get(0)
                    .getBytes(StandardCharsets.UTF_8);
        }
        byte[] phrase = reason;
        return (stream, scratch) -> {
            MessageHead head = stream.http().response();
            long written = head.write(phrase, 0, phrase.length);
            if (written != Slice.NONE) {
                head.status(status);
                head.reason(written);
                stream.http().status(status);
            }
            return HeadOf.result(stream, head);
        };
    }
}
