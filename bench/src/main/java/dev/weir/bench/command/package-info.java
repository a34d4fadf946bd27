/** The command lines: {@code ./weir bench}, {@code ./weir report}. picocli's conventions: exit status 2 for a wrong command line. */
package dev.weir.bench.command;
