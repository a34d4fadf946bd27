package dev.weir.acl;

import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.ParseContext;
import dev.weir.sample.RuleWatch;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.sample.StreamTest;
import dev.weir.sample.Verdict;
import dev.weir.sample.pattern.MatchMethod;
import dev.weir.sample.pattern.Matcher;
import dev.weir.stream.Stream;

/** One expression against its patterns: passes if any value matches any of them. Immutable; any loop. */
public final class AclTest implements StreamTest {
    private final String text;
    private final Expression expression;
    private final MatchMethod method;
    private final Matcher[] matchers;

    AclTest(String text, Expression expression, MatchMethod method, Matcher[] matchers) {
        this.text = text;
        this.expression = expression;
        this.method = method;
        this.matchers = matchers;
    }

    /** Whether there can be a value in the rule of that line. */
    boolean isAvailableAt(ParseContext rule) {
        return expression.fetch().availability().at(rule.hook(), rule);
    }

    @Override
    public Verdict test(Stream stream, Scratch scratch) {
        Sample sample = scratch.take();
        RuleWatch watch = scratch.watch();
        Verdict verdict = test(stream, sample, watch);
        scratch.release(sample);
        if (watch != null) {
            watch.tested(this, verdict);
        }
        return verdict;
    }

    private Verdict test(Stream stream, Sample sample, RuleWatch watch) {
        Verdict verdict = Verdict.FAIL;
        boolean isPresent = expression.evaluateFirst(stream, sample);
        while (true) {
            boolean mayChange = sample.mayChange();
            if (watch != null && isPresent) {
                watch.compared(this, sample);
            }
            if (isPresent && matches(sample)) {
                return Verdict.PASS;
            }
            if (mayChange) {
                verdict = Verdict.UNDECIDED;
            }
            if (!isPresent || !sample.hasMore()) {
                return verdict;
            }
            isPresent = expression.evaluateNext(stream, sample);
        }
    }

    private boolean matches(Sample sample) {
        if (!Casts.cast(sample, method.input())) {
            return false;
        }
        for (Matcher matcher : matchers) {
            if (matcher.match(sample) != null) {
                return true;
            }
        }
        return false;
    }

    /** As written: expression, flags and patterns. */
    public String text() {
        return text;
    }

    /** What is compared. */
    public Expression expression() {
        return expression;
    }

    @Override
    public String toString() {
        return expression.text();
    }
}
