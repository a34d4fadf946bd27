/** Results as text: the runner's tables and {@code report.md}. */
package dev.weir.report.text;
