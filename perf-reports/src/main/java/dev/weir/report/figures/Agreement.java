package dev.weir.report.figures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Whether two runs agree, over all that both measured. What has no spread, because there was one round, is not counted. */
public final class Agreement {
    private final List<Pair> pairs;
    private final List<Pair> judged;

    public Agreement(List<Pair> pairs) {
        this.pairs = List.copyOf(pairs);
        this.judged = pairs.stream().filter(Pair::isJudged).toList();
    }

    /**
     * How many of some pairs agree.
     *
     * @param agreeing those that do
     * @param all of them
     */
    public record Count(long agreeing, long all) {
        public long apart() {
            return all - agreeing;
        }
    }

    /** All, in the first run's order. */
    public List<Pair> pairs() {
        return pairs;
    }

    /** Of the figures themselves. */
    public Count figures() {
        return count(pair -> !pair.isRatio());
    }

    /** Of the ratios to the baseline. */
    public Count ratios() {
        return count(Pair::isRatio);
    }

    private Count count(Predicate<Pair> which) {
        List<Pair> all = judged.stream().filter(which).toList();
        return new Count(all.stream().filter(Pair::agrees).count(), all.size());
    }

    /** Those that do not agree, the largest gap first. */
    public List<Pair> apart() {
        return judged.stream()
                .filter(pair -> !pair.agrees())
                .sorted(Comparator.comparingDouble(Pair::gap).reversed())
                .toList();
    }

    /** Of the figures themselves, by product, in the order of tables. */
    public Map<String, Count> figuresByProduct() {
        List<String> order = new ArrayList<>();
        judged.stream().map(Pair::product).filter(name -> !order.contains(name)).forEach(order::add);
        Map<String, Count> counts = new TreeMap<>(Comparator.comparingInt(order::indexOf));
        order.forEach(product -> counts.put(
                product, count(pair -> !pair.isRatio() && pair.product().equals(product))));
        return counts;
    }

    /** How many figures and ratios would be apart by chance, if nothing differed: the sum over all. */
    public double expectedApart() {
        return judged.stream().mapToDouble(Pair::chanceApart).sum();
    }

    /** Ratios that show a winner in one run and a loser in the other. */
    public List<Pair> reversed() {
        return judged.stream().filter(Pair::isReversed).toList();
    }

    /** How many have no spread in one of the runs, and are not counted. */
    public long unjudged() {
        return pairs.size() - judged.size();
    }
}
