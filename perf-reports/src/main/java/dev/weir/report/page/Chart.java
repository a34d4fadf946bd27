package dev.weir.report.page;

import java.util.List;

/**
 * What the page's script draws: a line through medians, and dots for rounds.
 *
 * @param title above it
 * @param x label of the axis
 * @param y label of the axis
 * @param kind how x is laid out
 * @param lines by product
 */
record Chart(String title, String x, String y, Kind kind, List<Line> lines) {
    /** The names are the script's. */
    enum Kind {
        /** Numbers on a logarithmic axis. */
        LOG,
        /** One place for each product: bars. */
        PRODUCTS,
        /** 1 / (1 - share): percentiles as HdrHistogram draws them. */
        PERCENTILES
    }

    /**
     * One product's.
     *
     * @param points of the line, x and y
     * @param dots rounds, x and y
     */
    record Line(String product, List<double[]> points, List<double[]> dots) {}
}
