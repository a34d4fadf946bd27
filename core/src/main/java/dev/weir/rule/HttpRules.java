package dev.weir.rule;

import dev.weir.acl.Condition;
import dev.weir.rule.reply.Reply;
import dev.weir.rule.service.Service;
import dev.weir.sample.Scratch;
import dev.weir.sample.Verdict;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.Stream;
import java.util.List;

/**
 * The rules of one HTTP set of one proxy in order, those of its named defaults first. Header edits are made in the exchange's
 * heads at once; what needs I/O is left to the session. Immutable; any loop: where an evaluation stopped is in the exchange.
 */
public final class HttpRules {
    /** No rules at all. */
    public static final HttpRules NONE = new HttpRules(List.of());

    private final HttpRule[] rules;
    /** Whether the rule behind adds to the same 103 response: it is unconditional, and both give early hints. */
    private final boolean[] continuesHints;

    HttpRules(List<HttpRule> rules) {
        this.rules = rules.toArray(new HttpRule[0]);
        continuesHints = new boolean[rules.size()];
        for (int i = 0; i + 1 < rules.size(); i++) {
            HttpRule next = rules.get(i + 1);
            continuesHints[i] = next.condition() == Condition.ALWAYS
                    && next.action().isEarlyHint()
                    && rules.get(i).action().isEarlyHint();
        }
    }

    public boolean isEmpty() {
        return rules.length == 0;
    }

    public int count() {
        return rules.length;
    }

    /**
     * Runs the set from a rule on, with what is known now.
     *
     * @param first 0, or {@code exchange.nextRule()} after a result that asks to evaluate again
     */
    public HttpRuleResult evaluate(int first, Stream stream, Scratch scratch) {
        HttpExchange exchange = stream.http();
        if (first == 0) {
            exchange.strictRewriting(true);
        }
        stream.finalEvaluation(true);
        HttpRuleResult result = HttpRuleResult.CONTINUE;
        int next = first;
        while (next < rules.length && result == HttpRuleResult.CONTINUE) {
            result = run(rules[next++], stream, scratch);
            if (result == HttpRuleResult.EARLY_HINT && continuesHints[next - 1]) {
                result = HttpRuleResult.CONTINUE;
            }
        }
        exchange.nextRule(next);
        stream.finalEvaluation(false);
        return result;
    }

    private static HttpRuleResult run(HttpRule rule, Stream stream, Scratch scratch) {
        if (scratch.judge(rule.file(), rule.line(), rule.condition(), stream) != Verdict.PASS) {
            return HttpRuleResult.CONTINUE;
        }
        HttpRuleResult result = rule.action().run(stream, scratch);
        if (result.isLast()) {
            stream.lastRule(rule.file(), rule.line());
        }
        return result;
    }

    /** Who answers for the rule that stopped the set with SERVICE. */
    public Service service(Stream stream) {
        return rules[stream.http().nextRule() - 1].action().service();
    }

    /** What the rule that stopped the set wants to be written; null if its result calls for no reply. */
    public Reply reply(Stream stream) {
        return rules[stream.http().nextRule() - 1].action().reply();
    }
}
