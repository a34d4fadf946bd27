package dev.weir.stats;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What those have counted that a reload took away: sums over all would shrink without it, and a figure that shrinks looks like
 * that of another process. Those who are gone may still serve some sessions; their own figures are kept until these are over. Not thread-safe: the owner
 * guards it, together with the list of those who are there.
 *
 * @param <T> who counts
 */
public final class DepartedTotals<T> {
    private final List<ToLongFunction<T>> figures;
    private final Predicate<T> isBusy;
    private final long[] settled;
    private List<T> busy = new ArrayList<>();

    /** @param isBusy whether it may still count something */
    public DepartedTotals(Predicate<T> isBusy, List<ToLongFunction<T>> figures) {
        this.figures = figures;
        this.isBusy = isBusy;
        this.settled = new long[figures.size()];
    }

    /** These are gone. */
    public void depart(Collection<T> gone) {
        busy.addAll(gone);
        List<T> still = new ArrayList<>();
        for (T each : busy) {
            if (isBusy.test(each)) {
                still.add(each);
            } else {
                settle(each);
            }
        }
        busy = still;
    }

    private void settle(T gone) {
        for (int i = 0; i < settled.length; i++) {
            settled[i] += figures.get(i).applyAsLong(gone);
        }
    }

    /** Of all that ever were: the departed, and those who are there. */
    public long total(int figure, Collection<T> present) {
        long total = settled[figure];
        for (T each : busy) {
            total += figures.get(figure).applyAsLong(each);
        }
        for (T each : present) {
            total += figures.get(figure).applyAsLong(each);
        }
        return total;
    }
}
