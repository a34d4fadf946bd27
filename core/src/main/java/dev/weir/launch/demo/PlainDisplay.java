package dev.weir.launch.demo;

import java.io.PrintStream;
import java.util.List;

/** Lines for a pipe or a file: only when something has changed. */
final class PlainDisplay implements Display {
    private final PrintStream out;
    private String last = "";

    PlainDisplay(PrintStream out) {
        this.out = out;
    }

    @Override
    public void show(List<Row> rows) {
        String summary = Table.summary(rows);
        if (!summary.equals(last)) {
            out.println(summary);
            out.flush();
            last = summary;
        }
    }

    @Override
    public void event(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void lineTyped() {
        // nothing was drawn that a typed line could move
    }
}
