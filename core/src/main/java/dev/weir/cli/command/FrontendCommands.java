package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.proxy.Frontend;
import dev.weir.proxy.ProxyProcess;

/** What an operator changes of frontends and of the process's limits. */
public final class FrontendCommands implements CommandFamily {
    private static final int CONNECTIONS_MAX = 10_000_000;
    private static final String RATE_LIMITS = """
            'set rate-limit' only supports :
               - 'connections global' to set the per-process maximum connection rate
               - 'sessions global' to set the per-process maximum session rate""";

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
                (arguments, answer) -> shutdown(Names.frontend(arguments, control)));
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
                this::limitProcess);
        table.add(
                "set rate-limit",
                Level.ADMIN,
                "set rate-limit <setting> <value>",
                "change a rate limiting value",
                this::limitRate);
    }

    private void enable(Frontend frontend, boolean isEnabled) throws CommandFailure {
        if (frontend.state().isShutDown()) {
            throw new CommandFailure("Frontend was previously shut down, cannot %s.", isEnabled ? "enable" : "disable");
        }
        if (frontend.state().isDisabled() != isEnabled) {
            throw new CommandFailure("All sockets are already %s.", isEnabled ? "enabled" : "disabled");
        }
        control.enableFrontend(frontend.name(), isEnabled);
    }

    private void shutdown(Frontend frontend) throws CommandFailure {
        if (frontend.state().isShutDown()) {
            throw new CommandFailure("Frontend was already shut down.");
        }
        control.shutdownFrontend(frontend.name());
    }

    /** 0 is what the configuration says; there are no descriptors for more than that. */
    private void limitProcess(Arguments arguments, Answer answer) throws CommandFailure {
        arguments.requireNext("Expects an integer value.");
        int limit = Names.integer(arguments, 0, CONNECTIONS_MAX);
        ProxyProcess process = control.process();
        if (limit > process.connectionsMax()) {
            throw new CommandFailure("Value out of range.");
        }
        process.gate().limit(limit == 0 ? process.connectionsMax() : limit);
    }

    private void limitRate(Arguments arguments, Answer answer) throws CommandFailure {
        String what = arguments.next();
        boolean isGlobal = arguments.skip("global");
        if (what.equals("ssl-sessions") || what.equals("http-compression")) {
            throw new CommandFailure("'set rate-limit %s' is not supported by this version of Weir.", what);
        }
        if (!isGlobal || !what.equals("connections") && !what.equals("sessions")) {
            throw new CommandFailure(RATE_LIMITS);
        }
        arguments.requireNext("Expects an integer value.");
        int perSecond = Names.integer(arguments, 0, CONNECTIONS_MAX);
        if (what.equals("connections")) {
            control.process().limitConnectionRate(perSecond);
        } else {
            control.process().limitSessionRate(perSecond);
        }
    }
}
