package dev.weir.rule.action;

import static dev.weir.rule.HttpRuleSet.REQUEST;
import static dev.weir.rule.HttpRuleSet.RESPONSE;

import dev.weir.rule.ActionTools;
import dev.weir.rule.Effect;
import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleResult;
import dev.weir.rule.HttpRuleSet;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import java.util.EnumSet;
import java.util.Set;

/** Whether the exchange goes on, and how its rules and retries run. */
final class FlowActions implements HttpActionFamily {
    private static final Set<HttpRuleSet> ALL = EnumSet.allOf(HttpRuleSet.class);
    private static final Set<HttpRuleSet> REQUESTS = EnumSet.of(REQUEST);

    @Override
    public void describe(HttpActionTable table) {
        table.fixed("allow", ALL, "ends the set and goes on", (stream, scratch) -> HttpRuleResult.ALLOW);
        table.fixed("reject", REQUESTS, "closes the connection", (stream, scratch) -> HttpRuleResult.REJECT);
        table.add(
                "silent-drop",
                EnumSet.of(REQUEST, RESPONSE),
                "makes the connection disappear",
                (word, words, tools) -> {
                    int ttl = SocketEffects.resetTtl(words);
                    return (stream, scratch) -> {
                        stream.clientSide().resetTtl(ttl);
                        return HttpRuleResult.SILENT_DROP;
                    };
                });
        table.effect("strict-mode", ALL, "whether a rewrite that fails ends the exchange", FlowActions::strictMode);
        table.effect(
                "disable-l7-retry",
                REQUESTS,
                "a request that was sent is not sent again",
                (word, words, tools) -> (stream, scratch) -> stream.http().retriesLayer7(false));
    }

    private static Effect strictMode(String word, Words words, ActionTools tools) throws ParseProblem {
        String value = ActionWords.exactly(1, words).get(0);
        if (!value.equals("on") && !value.equals("off")) {
            throw new ParseProblem("Unexpected value '%s'. Only 'on' and 'off' are supported", value);
        }
        boolean isStrict = value.equals("on");
        return (stream, scratch) -> stream.http().strictRewriting(isStrict);
    }
}
