package dev.weir.bench.run;

import dev.weir.report.data.Series;
import dev.weir.report.text.SeriesText;
import java.io.PrintStream;

/** What the user sees while it runs: a status line on a terminal, else a line for each point; and each point's table. */
final class Console {
    private static final String ERASE_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean isTerminal;

    Console(PrintStream out) {
        this.out = out;
        this.isTerminal = System.console() != null && System.console().isTerminal();
    }

    void line(String text) {
        erase();
        out.println(text);
    }

    /** Replaces the status line; nothing where lines cannot be replaced. */
    void status(String text) {
        if (isTerminal) {
            out.print(ERASE_LINE + text);
            out.flush();
        }
    }

    void table(Series series) {
        erase();
        out.println(SeriesText.of(series));
    }

    private void erase() {
        if (isTerminal) {
            out.print(ERASE_LINE);
        }
    }
}
