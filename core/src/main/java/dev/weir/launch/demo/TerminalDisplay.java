package dev.weir.launch.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One block, drawn again in place; events scroll by above it. */
final class TerminalDisplay implements Display {
    private static final String UP_LINES = "\033[%dA";
    private static final String CLEAR_BELOW = "\r\033[J";
    private static final String GREEN = "\033[32m";
    private static final String RED = "\033[31m";
    private static final String PLAIN = "\033[0m";

    private final PrintStream out;
    private final String hint;
    private final AtomicInteger linesTyped = new AtomicInteger();
    private final StringBuilder events = new StringBuilder();
    private int linesDrawn;

    TerminalDisplay(PrintStream out, String hint) {
        this.out = out;
        this.hint = hint;
    }

    @Override
    public void show(List<Row> rows) {
        var block = new StringBuilder(1024);
        int lines = linesDrawn + linesTyped.getAndSet(0);
        if (lines > 0) {
            block.append(UP_LINES.formatted(lines));
        }
        block.append(CLEAR_BELOW)
                .append(events)
                .append('\n')
                .append(Table.header())
                .append('\n');
        events.setLength(0);
        for (Row row : rows) {
            block.append(coloured(row)).append('\n');
        }
        block.append("  ").append(Table.summary(rows)).append('\n').append(hint).append('\n');
        linesDrawn = rows.size() + 4;
        out.print(block);
        out.flush();
    }

    private static String coloured(Row row) {
        String state = "%-10s".formatted(row.state());
        return Table.line(row).replace(state, (row.isUp() ? GREEN : RED) + state + PLAIN);
    }

    @Override
    public void event(String line) {
        events.append(line).append('\n');
    }

    @Override
    public void lineTyped() {
        linesTyped.incrementAndGet();
    }
}
