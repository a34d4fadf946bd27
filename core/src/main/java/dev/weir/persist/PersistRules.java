package dev.weir.persist;

import dev.weir.acl.Condition;
import dev.weir.sample.Scratch;
import dev.weir.sample.Verdict;
import dev.weir.stream.Stream;
import java.util.ArrayList;
import java.util.List;

/** {@code force-persist} and {@code ignore-persist} of a backend, in order. Immutable; any loop. */
public final class PersistRules {
    /** No rules at all. */
    public static final PersistRules NONE = new PersistRules(List.of());

    /** What holds for a session. */
    public enum Effect {
        /** Clients stay with their server while it is up. */
        NORMAL,
        /** Clients stay with their server whatever its state. */
        FORCED,
        /** Clients have no server of their own. */
        IGNORED
    }

    private final Rule[] rules;

    private PersistRules(List<Rule> rules) {
        this.rules = rules.toArray(new Rule[0]);
    }

    /** The first rule whose condition passes decides. Asked as soon as the backend is known. */
    public Effect evaluate(Stream stream, Scratch scratch) {
        if (rules.length == 0) {
            return Effect.NORMAL;
        }
        stream.finalEvaluation(true);
        Effect effect = Effect.NORMAL;
        for (Rule rule : rules) {
            if (rule.condition.test(stream, scratch) == Verdict.PASS) {
                effect = rule.effect;
                break;
            }
        }
        stream.finalEvaluation(false);
        return effect;
    }

    private record Rule(Effect effect, Condition condition) {}

    /** Collects the rules of a backend. One thread, while it is compiled. */
    public static final class Builder {
        private final List<Rule> rules = new ArrayList<>();

        public void add(Effect effect, Condition condition) {
            rules.add(new Rule(effect, condition));
        }

        public PersistRules build() {
            return rules.isEmpty() ? NONE : new PersistRules(rules);
        }
    }
}
