package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.ClientGone;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.cli.stat.LatencyWriter;
import dev.weir.cli.stat.StatColumn;
import dev.weir.cli.stat.StatRow;
import java.util.List;

/** {@code show latency}: what HAProxy has no figures for. */
public final class LatencyCommands implements CommandFamily {
    private final RuntimeControl control;

    public LatencyCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "show latency",
                Level.USER,
                "show latency [<proxy>[/<server>]] [json]",
                "report percentiles of durations by phase",
                this::show);
    }

    private void show(Arguments arguments, Answer answer) throws CommandFailure, ClientGone {
        String path = arguments.hasNext() && !arguments.peek().equals("json") ? arguments.next() : "";
        boolean isJson = arguments.skip("json");
        if (arguments.hasNext()) {
            throw new CommandFailure("Invalid argument '%s': [<proxy>[/<server>]] [json] expected", arguments.next());
        }
        List<StatRow> rows = chosen(path);
        if (isJson) {
            JsonRows.write(rows, LatencyWriter::json, answer);
            return;
        }
        LatencyWriter writer = new LatencyWriter(rows);
        writer.header(answer.text());
        for (StatRow row : rows) {
            writer.row(row, answer.text());
            answer.flush();
        }
    }

    private List<StatRow> chosen(String path) throws CommandFailure {
        List<StatRow> all = control.statistics().rows().stream()
                .filter(row -> row.latencies() != null)
                .toList();
        if (path.isEmpty()) {
            return all;
        }
        int slash = path.indexOf('/');
        String proxy = slash < 0 ? path : path.substring(0, slash);
        List<StatRow> ofProxy = withText(all, StatColumn.PXNAME, proxy, "No such proxy.");
        return slash < 0 ? ofProxy : withText(ofProxy, StatColumn.SVNAME, path.substring(slash + 1), "No such server.");
    }

    /** @param failure what is said if there is none */
    private static List<StatRow> withText(List<StatRow> rows, StatColumn column, String text, String failure)
            throws CommandFailure {
        List<StatRow> found =
                rows.stream().filter(row -> row.text(column).equals(text)).toList();
        if (found.isEmpty()) {
            throw new CommandFailure(failure);
        }
        return found;
    }
}
