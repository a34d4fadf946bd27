/**
 * Draws a report from the data of a run: {@code report.html} (one file, opens without a network), {@code report.md} (the same in
 * text) and {@code reproduce.sh}. The folders beside {@code src} are the reports. Not production code.
 */
package dev.weir.report;
