package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.cli.stat.InfoField;
import dev.weir.stream.Cause;
import java.time.Duration;
import java.util.List;

/**
 * What a master's socket takes beside commands for its worker. Master and worker are the same process here; a reload makes no
 * other one, so that there is never an old worker.
 */
final class MasterCommands implements CommandFamily {
    /** Commands that masters and workers have. */
    static final List<String> SHARED = List.of(
            "echo",
            "experimental-mode",
            "expert-mode",
            "operator",
            "reload",
            "show cli level",
            "show cli sockets",
            "show env",
            "show startup-logs",
            "show version",
            "user");

    private static final String ROW = "%-15s %-15s %-15s %-15s %-15s";

    private final RuntimeControl control;

    MasterCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add("show proc", Level.USER, "show proc", "show processes status", this::processes);
        table.add(
                "hard-reload",
                Level.ADMIN,
                "hard-reload",
                "read the configuration again, and end the sessions of the one before",
                this::hardReload);
        table.add(
                "mcli-debug-mode",
                Level.ADMIN,
                "mcli-debug-mode [on|off]",
                "take the worker's commands without a prefix, too",
                (arguments, answer) -> {
                    answer.state().debugging(arguments.skip("on"));
                    answer.omitEnd();
                });
        table.add(
                "_loadstatus",
                Level.ADMIN,
                "_loadstatus",
                "whether the last start or reload went well",
                this::loadStatus);
    }

    /** What HAProxy does by ending the old worker at once: sessions of the configuration before do not live on. */
    private void hardReload(Arguments arguments, Answer answer) {
        RuntimeControl.Outcome reload = control.reload();
        if (reload.isDone()) {
            control.proxy().killAll(Cause.KILLED);
        }
        ProcessCommands.reload(reload, answer);
    }

    /** What tools ask after a reload by a signal, which has no answer. */
    private void loadStatus(Arguments arguments, Answer answer) {
        boolean isInForce = control.reloads().failedSince() == 0;
        ProcessCommands.reload(new RuntimeControl.Outcome(isInForce, control.startupLog()), answer);
    }

    private void processes(Arguments arguments, Answer answer) {
        int pid = control.process().pid();
        String version = InfoField.VERSION.value(control);
        RuntimeControl.Reloads reloads = control.reloads();
        Duration up = Duration.ofNanos(
                control.process().clock().nanoTime() - control.process().startNs());
        String uptime =
                "%dd%02dh%02dm%02ds".formatted(up.toDays(), up.toHoursPart(), up.toMinutesPart(), up.toSecondsPart());
        answer.line(ROW.formatted("#<PID>", "<type>", "<reloads>", "<uptime>", "<version>"));
        String count = reloads.count() + " [failed: " + reloads.failedSince() + "]";
        answer.line(ROW.formatted(pid, "master", count, uptime, version));
        answer.line("# workers");
        answer.line(ROW.formatted(pid, "worker", 0, uptime, version));
    }
}
