package dev.weir.report.text;

import dev.weir.report.figures.Column;
import dev.weir.report.figures.Column.Kind;
import dev.weir.report.figures.Spread;
import dev.weir.report.figures.Summary;
import java.util.Optional;

/** A table's cells as text: the same in a page and in Markdown. */
public final class Cells {
    private static final String NOTHING = "–";

    private Cells() {}

    public static String head(Column column, Summary summary) {
        return switch (column.kind()) {
            case VALUE -> SeriesText.head(column.figure());
            case RATIO -> "/ " + summary.baseline().orElseThrow();
            case ADDED -> column.figure().label() + " added " + column.figure().unit();
        };
    }

    public static String cell(Column column, Summary summary, String product) {
        return switch (column.kind()) {
            case VALUE ->
                summary.spread(product, column.figure()).map(Cells::value).orElse(NOTHING);
            case RATIO -> ratio(column, summary, product).map(Numbers::ratio).orElse(NOTHING);
            case ADDED ->
                product.equals(Summary.DIRECT)
                        ? NOTHING
                        : summary.difference(product, Summary.DIRECT, column.figure())
                                .map(Numbers::withSpread)
                                .orElse(NOTHING);
        };
    }

    /** Where room is short: values without their range. */
    static String brief(Column column, Summary summary, String product) {
        return column.kind() != Kind.VALUE
                ? cell(column, summary, product)
                : summary.spread(product, column.figure())
                        .map(spread -> Numbers.plain(spread.median()))
                        .orElse(NOTHING);
    }

    /** One round has no spread. */
    private static String value(Spread spread) {
        return spread.low() == spread.high() ? Numbers.plain(spread.median()) : Numbers.withSpread(spread);
    }

    /** To the baseline; empty for the baseline itself. */
    public static Optional<Spread> ratio(Column column, Summary summary, String product) {
        String baseline = summary.baseline().orElseThrow();
        return product.equals(baseline) ? Optional.empty() : summary.ratio(product, baseline, column.figure());
    }
}
