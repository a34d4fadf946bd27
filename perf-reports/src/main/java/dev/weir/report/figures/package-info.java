/** From rounds to figures: medians, spreads, ratios within the same round. No output. */
package dev.weir.report.figures;
