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
        List<StatRow> ofProxy = all.stream()
                .filter(row -> row.text(StatColumn.PXNAME).equals(proxy))
                .toList();
        if (ofProxy.isEmpty()) {
            throw new CommandFailure("No such proxy.");
        }
        return slash < 0 ? ofProxy : named(ofProxy, path.substring(slash + 1));
    }

    private static List<StatRow> named(List<StatRow> rows, String name) throws CommandFailure {
        List<StatRow> named = rows.stream()
                .filter(row -> row.text(StatColumn.SVNAME).equals(name))
                .toList();
        if (named.isEmpty()) {
            throw new CommandFailure("No such server.");
        }
        return named;
    }
}
