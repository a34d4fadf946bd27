package dev.weir.rule.action;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.StatusReason;
import dev.weir.rule.ActionTools;
import dev.weir.rule.FormattedText;
import dev.weir.rule.HttpAction;
import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleResult;
import dev.weir.rule.HttpRuleSet;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Scratch;
import dev.weir.sample.Words;
import dev.weir.stream.Stream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** 103 responses (RFC 8297). */
final class HintActions implements HttpActionFamily {
    private static final int EARLY_HINTS = 103;
    /** What is of a connection or a message's end. HAProxy leaves these out, too. */
    private static final Set<String> OF_CONNECTION =
            Set.of(FieldName.CONNECTION.text(), FieldName.CONTENT_LENGTH.text(), FieldName.TRANSFER_ENCODING.text());

    @Override
    public void describe(HttpActionTable table) {
        table.add(
                "early-hint",
                EnumSet.of(HttpRuleSet.REQUEST),
                "sends a header field in a 103 response before the final one",
                HintActions::hint);
    }

    private static HttpAction hint(String word, Words words, ActionTools tools) throws ParseProblem {
        List<String> arguments = ActionWords.exactly(2, words);
        FieldName name = FieldName.of(arguments.get(0));
        FormattedText text = ActionWords.headFormat(arguments.get(1), tools);
        boolean isLeftOut = OF_CONNECTION.contains(name.text());
        if (isLeftOut) {
            tools.context().warning("'" + name + "' is left out of early hints, which have no body and end nothing.");
        }
        return new EarlyHint(name, text, isLeftOut);
    }

    private record EarlyHint(FieldName name, FormattedText text, boolean isLeftOut) implements HttpAction {
        /** A client of HTTP/1.0 knows no interim responses. */
        @Override
        public HttpRuleResult run(Stream stream, Scratch scratch) {
            if (stream.http().request().version() < MessageHead.HTTP_1_1) {
                return HttpRuleResult.CONTINUE;
            }
            MessageHead head = stream.http().earlyHints();
            if (head.status() == 0) {
                start(head);
            }
            if (!isLeftOut) {
                head.add(head.write(name.bytes(), 0, name.length()), text.write(stream, scratch, head));
            }
            HttpRuleResult result = HeadOf.result(stream, head);
            return result == HttpRuleResult.CONTINUE ? HttpRuleResult.EARLY_HINT : result;
        }

        @Override
        public boolean isEarlyHint() {
            return true;
        }
    }

    private static void start(MessageHead head) {
        byte[] reason = StatusReason.of(EARLY_HINTS);
        head.version(MessageHead.HTTP_1_1);
        head.status(EARLY_HINTS);
        head.reason(head.write(reason, 0, reason.length));
    }
}
