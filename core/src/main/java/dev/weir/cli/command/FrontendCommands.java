package dev.weir.cli.command;

import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.proxy.Frontend;

/** What an operator changes of frontends and of the process's limits. */
public final class FrontendCommands implements CommandFamily {
    private static final int CONNECTIONS_MAX = 10_000_000;

    private final RuntimeControl control;

    public FrontendCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "enable frontend",
                Level.ADMIN,
                "enable frontend <frontend>",
                "re-enable specific frontend",
                (arguments, answer) -> enable(Names.frontend(arguments, control), true));
        table.add(
                "disable frontend",
                Level.ADMIN,
                "disable frontend <frontend>",
                "temporarily disable specific frontend",
                (arguments, answer) -> enable(Names.frontend(arguments, control), false));
        table.add(
                "shutdown frontend",
                Level.ADMIN,
                "shutdown frontend <frontend>",
                "stop a specific frontend",
                (arguments, answer) -> control.shutdownFrontend(
                        Names.frontend(arguments, control).name()));
        table.add(
                "set maxconn frontend",
                Level.ADMIN,
                "set maxconn frontend <frontend> <value>",
                "change a frontend's maxconn setting",
                (arguments, answer) -> Names.frontend(arguments, control)
                        .state()
                        .gate()
                        .limit(Names.integer(arguments, 1, CONNECTIONS_MAX)));
        table.add(
                "set maxconn global",
                Level.ADMIN,
                "set maxconn global <value>",
                "change the per-process maxconn setting",
                (arguments, answer) -> control.process().gate().limit(Names.integer(arguments, 1, CONNECTIONS_MAX)));
        table.add(
                "set rate-limit",
                Level.ADMIN,
                "set rate-limit <setting> <value>",
                "change a rate limiting value",
                (arguments, answer) -> {
                    String what = arguments.next();
                    String where = arguments.next();
                    boolean isKnown = what.equals("connections") || what.equals("sessions");
                    if (!isKnown || !where.equals("global")) {
                        throw new CommandFailure(
                                "'set rate-limit' only supports 'connections global' and 'sessions global'.");
                    }
                    int perSecond = Names.integer(arguments, 0, CONNECTIONS_MAX);
                    if (what.equals("connections")) {
                        control.process().limitConnectionRate(perSecond);
                    } else {
                        control.process().limitSessionRate(perSecond);
                    }
                });
    }

    private void enable(Frontend frontend, boolean isEnabled) throws CommandFailure {
        if (frontend.state().isDisabled() != isEnabled) {
            throw new CommandFailure(isEnabled ? "Frontend is already enabled." : "Frontend is already disabled.");
        }
        control.enableFrontend(frontend.name(), isEnabled);
    }
}
