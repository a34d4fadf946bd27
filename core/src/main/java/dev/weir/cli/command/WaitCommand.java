package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.Command;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.MessageLevel;
import dev.weir.cli.RuntimeControl;
import dev.weir.sample.Quantity;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;

/** {@code wait}: for a time, or until a server can be removed. It ends when the client goes. */
final class WaitCommand implements Command.Handler {
    private static final long MS_NS = 1_000_000L;
    private static final long STEP_MS = 20;
    private static final String USAGE = """
            Usage: wait {-h|<duration>} [condition [args...]]
              - '-h' displays this help
              - <duration> is the maximum wait time, optionally suffixed by the unit among
                'us', 'ms', 's', 'm', 'h', and 'd'. ; the default unit is milliseconds.
              - <condition> indicates what to wait for, no longer than the specified
                duration. Supported conditions are:
                - <none> : by default, just sleep for the specified duration.
                - srv-removable <px>/<sv> : wait for this server to become removable.""";

    private final RuntimeControl control;

    WaitCommand(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void run(Arguments arguments, Answer answer) throws CommandFailure {
        if (arguments.skip("-h")) {
            answer.line(USAGE);
            return;
        }
        arguments.requireNext("Expects a duration in milliseconds.");
        long limitMs = Quantity.timeMs(arguments.next(), 1);
        if (limitMs <= 0) {
            throw new CommandFailure("Invalid duration.");
        }
        String condition = arguments.next();
        if (condition.isEmpty()) {
            await(null, limitMs, answer);
        } else if (condition.equals("srv-removable")) {
            await(server(arguments), limitMs, answer);
        } else {
            throw new CommandFailure(USAGE);
        }
    }

    private static String[] server(Arguments arguments) throws CommandFailure {
        if (!arguments.hasNext()) {
            throw new CommandFailure("Missing server name (<backend>/<server>).");
        }
        return Names.serverPath(arguments);
    }

    /** @param server names of its backend and its own, or null for none */
    private void await(String[] server, long limitMs, Answer answer) throws CommandFailure {
        long untilNs = control.process().clock().nanoTime() + limitMs * MS_NS;
        while (control.process().clock().nanoTime() - untilNs < 0) {
            if (server != null && isRemovable(server)) {
                answer.message(MessageLevel.INFO, "Done.");
                return;
            }
            if (answer.isClientDone()) {
                throw new CommandFailure("Interrupted.");
            }
            sleep(untilNs);
        }
        if (server != null) {
            throw new CommandFailure("Wait delay expired.");
        }
        answer.message(MessageLevel.INFO, "Done.");
    }

    private boolean isRemovable(String[] path) throws CommandFailure {
        ServerPool pool = Names.backendOrNull(path[0], control);
        Server found = pool == null ? null : Names.serverOrNull(pool, path[1]);
        if (found == null || found.isPinned() || !found.isInMaintenance()) {
            throw new CommandFailure("Failed.");
        }
        return found.connections() == 0 && found.queued() == 0;
    }

    private void sleep(long untilNs) {
        long leftMs = (untilNs - control.process().clock().nanoTime()) / MS_NS + 1;
        try {
            Thread.sleep(Math.min(STEP_MS, leftMs));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
