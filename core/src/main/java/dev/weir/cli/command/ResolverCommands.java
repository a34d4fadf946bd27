package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.resolver.NameServer;
import dev.weir.resolver.Resolver;
import dev.weir.resolver.ResolverCounter;
import java.util.Collection;
import java.util.List;

/** {@code show resolvers}: what was asked of name servers, and what came of it. */
public final class ResolverCommands implements CommandFamily {
    private static final int LABEL_COLUMNS = 12;

    private final RuntimeControl control;

    public ResolverCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "show resolvers",
                Level.USER,
                "show resolvers [id]",
                "dumps counters from all resolvers section and associated name servers",
                this::show);
    }

    private void show(Arguments arguments, Answer answer) throws CommandFailure {
        Collection<Resolver> shown = control.resolvers().all();
        if (arguments.hasNext()) {
            Resolver named = control.resolvers().named(arguments.next());
            if (named == null) {
                throw new CommandFailure("Can't find that resolvers section");
            }
            shown = List.of(named);
        }
        if (shown.isEmpty()) {
            answer.line("No resolvers found");
        }
        for (Resolver resolver : shown) {
            answer.line("Resolvers section " + resolver.settings().name());
            resolver.nameServers().forEach(server -> counters(server, answer));
        }
    }

    private static void counters(NameServer server, Answer answer) {
        answer.line(" nameserver " + server.name() + ":");
        for (ResolverCounter counter : ResolverCounter.values()) {
            String label = counter.label() + ":";
            answer.line("  " + label + " ".repeat(LABEL_COLUMNS - label.length()) + " "
                    + server.counters().get(counter));
        }
    }
}
