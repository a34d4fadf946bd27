package dev.weir.report.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All of a data folder: {@code run.json}.
 *
 * @param format of this file
 * @param environment where
 * @param invocations which calls of the runner
 * @param products who, in the order in which they are shown
 * @param series what
 */
public record Results(
        int format,
        Environment environment,
        List<Invocation> invocations,
        List<Product> products,
        List<Series> series) {
    public static final int FORMAT = 1;

    /** Before the first series. */
    public static Results of(Environment environment, List<Product> products) {
        return new Results(FORMAT, environment, List.of(), products, List.of());
    }

    /** With one more series, which replaces an earlier one of the same point. */
    public Results with(Series added) {
        List<Series> all = new ArrayList<>(series);
        all.removeIf(added::isSamePointAs);
        all.add(added);
        return new Results(format, environment, invocations, products, all);
    }

    public Results with(Invocation added) {
        List<Invocation> all = new ArrayList<>(invocations);
        all.add(added);
        return new Results(format, environment, all, products, series);
    }

    /** Products that an earlier call did not have are added; what is said of one now replaces what was said before. */
    public Results withProducts(List<Product> added) {
        Map<String, Product> all = new LinkedHashMap<>();
        products.forEach(product -> all.put(product.name(), product));
        added.forEach(product -> all.put(product.name(), product));
        return new Results(format, environment, invocations, List.copyOf(all.values()), series);
    }

    /** The points of one scenario in one placement, in the axis' order. */
    public List<Series> points(String scenario, String placement) {
        return series.stream()
                .filter(one ->
                        one.scenario().equals(scenario) && one.placement().equals(placement))
                .sorted(Comparator.comparingDouble(Series::value))
                .toList();
    }
}
