package dev.weir.cli.explain;

import dev.weir.acl.AclTest;
import dev.weir.acl.Condition;
import dev.weir.sample.Casts;
import dev.weir.sample.RuleWatch;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.Scratch;
import dev.weir.sample.StreamTest;
import dev.weir.sample.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes down what rules look at and decide, as they do it. One thread. */
final class Trace implements RuleWatch {
    private static final int VALUES_MAX = 5;
    private static final int VALUE_CHARS_MAX = 200;

    private final Explanation explanation;
    private final RuleText rules;
    private final Scratch scratch;
    private final Map<StreamTest, List<String>> values = new IdentityHashMap<>();
    private final Map<StreamTest, Verdict> verdicts = new IdentityHashMap<>();
    private String proxy = "";
    private String set = "";

    Trace(Explanation explanation, RuleText rules, Scratch scratch) {
        this.explanation = explanation;
        this.rules = rules;
        this.scratch = scratch;
    }

    /** Where the rules that come next stand. */
    void at(String proxy, String set) {
        this.proxy = proxy;
        this.set = set;
        values.clear();
        verdicts.clear();
    }

    @Override
    public void compared(StreamTest test, Sample value) {
        List<String> known = values.computeIfAbsent(test, key -> new ArrayList<>());
        if (known.size() < VALUES_MAX) {
            known.add(text(value));
        }
    }

    /** The sample itself is still to be compared. */
    private String text(Sample value) {
        Sample copy = scratch.take();
        copy.copyFrom(value);
        boolean isText = Casts.cast(copy, SampleType.STRING);
        byte[] bytes = new byte[isText ? Math.min(copy.length(), VALUE_CHARS_MAX) : 0];
        if (isText) {
            copy.bytes().getBytes(0, bytes);
        }
        scratch.release(copy);
        return isText ? new String(bytes, StandardCharsets.UTF_8) : "(" + value.type() + ")";
    }

    @Override
    public void tested(StreamTest test, Verdict verdict) {
        verdicts.put(test, verdict);
    }

    @Override
    public void judged(String file, int line, StreamTest condition, Verdict verdict) {
        List<Explanation.Term> terms = new ArrayList<>();
        if (condition instanceof Condition known) {
            addTerms(known, terms);
        }
        explanation.steps.add(new Explanation.Step(proxy, set, file, line, rules.of(file, line), verdict, terms));
        values.clear();
        verdicts.clear();
    }

    private void addTerms(Condition condition, List<Explanation.Term> terms) {
        List<List<Condition.Term>> alternatives = condition.alternatives();
        for (int i = 0; i < alternatives.size(); i++) {
            for (Condition.Term term : alternatives.get(i)) {
                terms.add(term(i, term));
            }
        }
    }

    private Explanation.Term term(int alternative, Condition.Term term) {
        List<Explanation.Comparison> comparisons = new ArrayList<>();
        Verdict verdict = null;
        for (AclTest line : term.lines()) {
            Verdict one = verdicts.get(line);
            if (one != null) {
                List<String> seen = values.getOrDefault(line, List.of());
                comparisons.add(new Explanation.Comparison(line.text(), seen, one == Verdict.PASS));
                verdict = verdict == null ? one : verdict.or(one);
            }
        }
        Verdict asWritten = verdict == null || !term.isNegated() ? verdict : verdict.negate();
        return new Explanation.Term(alternative, (term.isNegated() ? "!" : "") + term.text(), asWritten, comparisons);
    }
}
