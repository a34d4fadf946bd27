package dev.weir.cli.command;

import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.RuntimeControl;
import java.util.List;

/** All families of commands; a new one is a line here. */
public final class CommandFamilies {
    private CommandFamilies() {}

    /** Every command, for a process. */
    public static CommandTable table(RuntimeControl control) {
        List<CommandFamily> families = List.of(
                new ProcessCommands(control),
                new StatCommands(control),
                new LatencyCommands(control),
                new StateCommands(control),
                new LogCommands(control),
                new ServerCommands(control),
                new ServerListCommands(control),
                new FrontendCommands(control),
                new TableCommands(control),
                new PatternCommands(control),
                new PatternVersionCommands(control),
                new SessionCommands(control),
                new VariableCommands(control),
                new InsideCommands(control),
                new ErrorCommands(control),
                new AnonymityCommands(control),
                new ResolverCommands(control),
                new ExplainCommands(control));
        CommandTable table = new CommandTable();
        families.forEach(family -> family.describe(table));
        return table;
    }

    /** Commands of a master's socket. */
    public static CommandTable masterTable(RuntimeControl control, CommandTable all) {
        CommandTable table = new CommandTable();
        table.addFrom(all, MasterCommands.SHARED);
        new MasterCommands(control).describe(table);
        return table;
    }
}
