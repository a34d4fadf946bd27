package dev.weir.rule;

import dev.weir.sample.Scratch;
import dev.weir.sample.Verdict;
import dev.weir.stream.Stream;
import java.util.List;

/**
 * The rules of one set in order. The first whose action ends the set decides. Immutable; any loop: where an evaluation stopped
 * is in the result, not here.
 */
public final class TcpRules {
    /** No rules at all. */
    public static final TcpRules NONE = new TcpRules(List.of());

    private final Rule[] rules;

    TcpRules(List<Rule> rules) {
        this.rules = rules.toArray(new Rule[0]);
    }

    public boolean isEmpty() {
        return rules.length == 0;
    }

    public int count() {
        return rules.length;
    }

    /**
     * Runs the set from its first rule.
     *
     * @param isFinal whether it must decide with what there is: no inspection delay, the delay is over, or nothing more can
     *     come; it then never answers WAIT
     */
    public RuleResult evaluate(Stream stream, Scratch scratch, boolean isFinal) {
        return evaluate(0, stream, scratch, isFinal);
    }

    /** Goes on behind the rule that answered EXPECT_PROXY: the connection rules that follow it see the new addresses. */
    public RuleResult resume(Stream stream, Scratch scratch) {
        int next = 0;
        while (next < rules.length && !(rules[next].action() == TcpActions.EXPECT_PROXY)) {
            next++;
        }
        return evaluate(next + 1, stream, scratch, true);
    }

    /** Before the first {@link #goOn}. */
    public void begin(Stream stream) {
        stream.pause().nextRule(0);
    }

    /**
     * Goes on behind the rule that answered AWAIT; after WAIT with the rule whose action wants more input, or from the first rule on if
     * it was a condition that wants it.
     */
    public RuleResult goOn(Stream stream, Scratch scratch, boolean isFinal) {
        return evaluate(stream.pause().nextRule(), stream, scratch, isFinal);
    }

    private RuleResult evaluate(int first, Stream stream, Scratch scratch, boolean isFinal) {
        stream.finalEvaluation(isFinal);
        RuleResult result = RuleResult.CONTINUE;
        int next = first;
        while (next < rules.length && result == RuleResult.CONTINUE) {
            Rule rule = rules[next++];
            Verdict verdict = scratch.judge(rule.file(), rule.line(), rule.condition(), stream);
            if (verdict == Verdict.UNDECIDED) {
                result = RuleResult.WAIT;
                next = 0;
            } else if (verdict == Verdict.PASS) {
                result = act(rule, stream, scratch);
                next -= result == RuleResult.WAIT ? 1 : 0;
            }
        }
        stream.pause().nextRule(next);
        stream.finalEvaluation(false);
        return result;
    }

    private static RuleResult act(Rule rule, Stream stream, Scratch scratch) {
        RuleResult result = rule.action().run(stream, scratch);
        if (result != RuleResult.CONTINUE && result != RuleResult.WAIT) {
            stream.lastRule(rule.file(), rule.line());
        }
        return result;
    }
}
