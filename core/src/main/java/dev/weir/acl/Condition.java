package dev.weir.acl;

import dev.weir.sample.Scratch;
import dev.weir.sample.StreamTest;
import dev.weir.sample.Verdict;
import dev.weir.stream.Stream;
import java.util.Arrays;
import java.util.List;

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

    /** Whether it is written with {@code unless}. */
    public boolean isUnless() {
        return isUnless;
    }

    /** Its terms, for explaining: any of the outer list decides, if all of an inner one pass. */
    public List<List<Term>> alternatives() {
        return Arrays.stream(alternatives).map(List::of).toList();
    }

    /**
     * A test or its opposite.
     *
     * @param text as written, without the mark of the opposite
     */
    public record Term(StreamTest test, boolean isNegated, String text) {
        /** The lines that it consists of: several for an ACL that is defined so, of which any may pass. */
        public List<AclTest> lines() {
            return test instanceof Acl acl ? acl.lines() : List.of((AclTest) test);
        }
    }
}
