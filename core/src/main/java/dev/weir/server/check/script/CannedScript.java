package dev.weir.server.check.script;

import dev.weir.sample.ParseProblem;
import dev.weir.sample.pattern.Regex;
import dev.weir.server.check.script.CheckScript.Dialect;
import dev.weir.server.check.script.ExpectStep.Outcomes;
import java.util.ArrayList;
import java.util.List;

/** Builds the scripts of known protocols, step by step. */
final class CannedScript {
    private final List<Step> steps = new ArrayList<>();

    private CannedScript(ConnectStep connect) {
        steps.add(connect);
    }

    /** Ends by a reset. */
    static CannedScript abrupt() {
        return new CannedScript(ConnectStep.IMPLICIT);
    }

    /** Ends as a client does that has what it wanted. */
    static CannedScript lingering() {
        return new CannedScript(ConnectStep.LINGERING);
    }

    CannedScript send(byte[] bytes) {
        return send(Payloads.constant(bytes));
    }

    CannedScript send(Payload payload) {
        steps.add(new SendStep(number(), null, payload));
        return this;
    }

    CannedScript expect(Expectation expectation, int receivedMin, Outcomes outcomes) {
        return expect(expectation, false, receivedMin, outcomes);
    }

    CannedScript refuse(Expectation expectation, int receivedMin, Outcomes outcomes) {
        return expect(expectation, true, receivedMin, outcomes);
    }

    private CannedScript expect(Expectation expectation, boolean isInverse, int receivedMin, Outcomes outcomes) {
        int head = steps.getLast() instanceof ExpectStep before && before.isInverse() ? before.head() : steps.size();
        steps.add(new ExpectStep(number(), null, expectation, isInverse, receivedMin, head, outcomes));
        return this;
    }

    private int number() {
        return steps.getLast().number() + 1;
    }

    CheckScript build() {
        return new CheckScript(Dialect.NATIVE, steps, false);
    }

    static RegexExpectation matching(String regex) {
        return new RegexExpectation(compiled(regex), false);
    }

    static RegexExpectation matchingHex(String regex) {
        return new RegexExpectation(compiled(regex), true);
    }

    /** Of this package's own, so that it is right. */
    private static Regex compiled(String regex) {
        try {
            return Regex.compile(regex, false);
        } catch (ParseProblem e) {
            throw new IllegalArgumentException(regex, e);
        }
    }
}
