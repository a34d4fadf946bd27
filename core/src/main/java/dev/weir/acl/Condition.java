package dev.weir.acl;

import dev.weir.sample.Scratch;
import dev.weir.sample.StreamTest;
import dev.weir.sample.Verdict;
import dev.weir.stream.Stream;

/** {@code if} or {@code unless} with its terms: groups joined by or, of terms joined by and. Immutable; any loop. */
public final class Condition implements StreamTest {
    /** Always passes: a rule without a condition. */
    public static final Condition ALWAYS = new Condition(false, new Term[][] {{}});

    private final boolean isUnless;
    private final Term[][] alternatives;

    Condition(boolean isUnless, Term[][] alternatives) {
        this.isUnless = isUnless;
        this.alternatives = alternatives;
    }

    @Override
    public Verdict test(Stream stream, Scratch scratch) {
        Verdict verdict = Verdict.FAIL;
        for (Term[] terms : alternatives) {
            verdict = verdict.or(all(terms, stream, scratch));
            if (verdict == Verdict.PASS) {
                break;
            }
        }
        return isUnless ? verdict.negate() : verdict;
    }

    /** Stops at the first that fails; a later failure decides even if an earlier term is undecided. */
    private static Verdict all(Term[] terms, Stream stream, Scratch scratch) {
        Verdict verdict = Verdict.PASS;
        for (Term term : terms) {
            Verdict one = term.test.test(stream, scratch);
            verdict = verdict.and(term.isNegated ? one.negate() : one);
            if (verdict == Verdict.FAIL) {
                return verdict;
            }
        }
        return verdict;
    }

    /** A test or its opposite. */
    record Term(StreamTest test, boolean isNegated) {}
}
