package dev.weir.rule;

import dev.weir.acl.Condition;
import dev.weir.rule.reply.ErrorReplies;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Rules that throw, as a fault in the program would. */
public final class FaultyRules {
    private FaultyRules() {}

    /** A set whose only rule has nothing to say, until it throws at one of its runs: 1 is the first. */
    public static TcpRules throwingAt(int run) {
        AtomicInteger runs = new AtomicInteger();
        RuleAction action = (stream, scratch) -> {
            if (runs.incrementAndGet() == run) {
                throw new IllegalStateException("injected");
            }
            return RuleResult.CONTINUE;
        };
        return new TcpRules(List.of(new Rule(action, Condition.ALWAYS, "injected", 1)));
    }

    /** Rules of a proxy that throw at every response of a server. */
    public static HttpRuleBook forResponses() {
        HttpAction action = (stream, scratch) -> {
            throw new IllegalStateException("injected");
        };
        HttpRules response = new HttpRules(List.of(new HttpRule(action, Condition.ALWAYS, "injected", 1)));
        return new HttpRuleBook(
                HttpRules.NONE, HttpRules.NONE, HttpRules.NONE, response, HttpRules.NONE, ErrorReplies.NONE);
    }
}
