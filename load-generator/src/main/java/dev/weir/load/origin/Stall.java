package dev.weir.load.origin;

import dev.weir.load.plan.Amounts;
import dev.weir.load.plan.PlanException;

/**
 * A time in which nothing is answered, as when a process is stopped.
 *
 * @param lengthNs how long
 * @param afterNs from the first request
 * @param everyNs again and again with this period; 0 is once
 */
public record Stall(long lengthNs, long afterNs, long everyNs) {
    public static final Stall NEVER = new Stall(0, 0, 0);

    /** {@code 500ms@10s} or, repeated, {@code 500ms@10s/30s}. */
    public static Stall parse(String text) {
        int at = text.indexOf('@');
        int slash = text.indexOf('/');
        if (at < 0) {
            throw new PlanException(
                    "'" + text + "' is no stall such as 500ms@10s (how long, how long after the first request)");
        }
        long everyNs = slash < 0 ? 0 : Amounts.timeNs(text.substring(slash + 1));
        long afterNs = Amounts.timeNs(text.substring(at + 1, slash < 0 ? text.length() : slash));
        return new Stall(Amounts.timeNs(text.substring(0, at)), afterNs, everyNs);
    }

    /** When what is due at a time (from the first request) may be answered: then, or at the end of the stall. */
    long answerNs(long ns) {
        if (lengthNs == 0 || ns < afterNs) {
            return ns;
        }
        long sinceNs = everyNs == 0 ? ns - afterNs : (ns - afterNs) % everyNs;
        return sinceNs < lengthNs ? ns - sinceNs + lengthNs : ns;
    }
}
