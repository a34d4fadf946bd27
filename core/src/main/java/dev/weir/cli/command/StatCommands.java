package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.ClientGone;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.cli.stat.ResolverStatistics;
import dev.weir.cli.stat.StatColumn;
import dev.weir.cli.stat.StatRow;
import dev.weir.cli.stat.StatWriter;
import dev.weir.cli.stat.StatsFile;
import java.util.stream.Stream;

/** {@code show stat} and {@code clear counters}. */
public final class StatCommands implements CommandFamily {
    private static final int ALL = -1;

    private final RuntimeControl control;

    public StatCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "show stat",
                Level.USER,
                "show stat [desc|json|no-maint|typed|up]*",
                "report counters for each proxy and server",
                this::show);
        table.add("dump stats-file", Level.USER, "dump stats-file", "dump stats for restore", this::dump);
        table.add(
                "clear counters",
                Level.OPERATOR,
                "clear counters [all]",
                "clear max statistics counters (or all counters)",
                this::clear);
    }

    private void dump(Arguments arguments, Answer answer) throws ClientGone {
        for (StatsFile.Part part : StatsFile.Part.values()) {
            StatsFile.writeHeader(part, answer.text());
            Iterable<StatRow> rows = control.statistics().stream()::iterator;
            for (StatRow row : rows) {
                StatsFile.write(part, row, answer.text());
                answer.flush();
            }
            answer.text().append(part == StatsFile.Part.FRONT ? "\n" : "");
        }
    }

    private void clear(Arguments arguments, Answer answer) throws CommandFailure {
        boolean all = arguments.skip("all");
        if (all && answer.state().level() != Level.ADMIN) {
            throw new CommandFailure("Permission denied");
        }
        control.statistics().clear(all);
    }

    /** What was asked for. */
    private record Wish(
            String proxy, int mask, int id, String form, boolean isDescribed, boolean onlyUp, boolean noMaintenance) {
        boolean wants(StatRow row) {
            boolean isProxy = proxy.isEmpty()
                    || proxy.equals(row.text(StatColumn.PXNAME))
                    || proxy.equals(Integer.toString(row.proxyId()))
                    || proxy.equals("#" + row.proxyId())
                    || proxy.equals("-1");
            boolean isKind = mask == ALL || (mask & row.kind().mask()) != 0;
            boolean isId = id == ALL || row.kind().isWhole() || row.id() == id;
            return isProxy && isKind && isId && !row.isHidden(onlyUp, noMaintenance);
        }

        /** Whoever may only look is not told where servers are. */
        StatRow shown(StatRow row, Level level) {
            if (onlyUp || noMaintenance) {
                row.tellServersUp();
            }
            if (level == Level.USER) {
                row.hideLegends();
            }
            return row;
        }
    }

    private Wish wish(Arguments arguments) throws CommandFailure {
        String proxy = "";
        int mask = ALL;
        int id = ALL;
        String form = "csv";
        boolean isDescribed = false;
        boolean onlyUp = false;
        boolean noMaintenance = false;
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "typed", "json" -> form = word;
                case "desc" -> isDescribed = true;
                case "up" -> onlyUp = true;
                case "no-maint" -> noMaintenance = true;
                default -> {
                    proxy = known(word);
                    mask = number(arguments);
                    id = number(arguments);
                }
            }
        }
        return new Wish(proxy, mask, id, form, isDescribed, onlyUp, noMaintenance);
    }

    /** A number need not be one of a proxy's. */
    private String known(String proxy) throws CommandFailure {
        boolean isKnown = proxy.matches("-?[0-9]+")
                || Names.frontendOrNull(proxy, control) != null
                || Names.backendOrNull(proxy, control) != null;
        if (!isKnown) {
            throw new CommandFailure("No such proxy.");
        }
        return proxy;
    }

    private static int number(Arguments arguments) throws CommandFailure {
        if (!arguments.peek().matches("-?[0-9]{1,9}")) {
            return ALL;
        }
        return Integer.parseInt(arguments.next());
    }

    private void show(Arguments arguments, Answer answer) throws CommandFailure, ClientGone {
        if (arguments.skip("domain")) {
            String domain = arguments.next();
            if (domain.equals("resolvers")) {
                resolvers(arguments, answer);
                return;
            }
            if (!domain.equals("proxy")) {
                throw new CommandFailure("Invalid statistics domain.");
            }
        }
        Wish wish = wish(arguments);
        Level level = answer.state().level();
        Stream<StatRow> wanted =
                control.statistics().stream().filter(wish::wants).map(row -> wish.shown(row, level));
        Iterable<StatRow> rows = wanted::iterator;
        switch (wish.form) {
            case "json" -> JsonRows.write(rows, StatWriter::json, answer);
            case "typed" -> typed(rows, wish.isDescribed, answer);
            default -> csv(rows, wish.isDescribed, answer);
        }
    }

    private void resolvers(Arguments arguments, Answer answer) {
        String form = "csv";
        while (arguments.hasNext()) {
            String word = arguments.next();
            form = word.equals("typed") || word.equals("json") ? word : form;
        }
        switch (form) {
            case "typed" -> ResolverStatistics.typed(control.resolvers(), answer.text());
            case "json" -> ResolverStatistics.json(control.resolvers(), answer.text());
            default -> ResolverStatistics.csv(control.resolvers(), answer.text());
        }
    }

    private static void typed(Iterable<StatRow> rows, boolean isDescribed, Answer answer) throws ClientGone {
        for (StatRow row : rows) {
            StatWriter.typed(row, isDescribed, answer.text());
            answer.flush();
        }
    }

    /** Descriptions alone are for people, who do not want a table of a hundred columns. */
    private static void csv(Iterable<StatRow> rows, boolean isDescribed, Answer answer) throws ClientGone {
        if (!isDescribed) {
            StatWriter.header(answer.text());
        }
        for (StatRow row : rows) {
            if (isDescribed) {
                StatWriter.described(row, answer.text());
            } else {
                StatWriter.csv(row, answer.text());
            }
            answer.flush();
        }
    }
}
