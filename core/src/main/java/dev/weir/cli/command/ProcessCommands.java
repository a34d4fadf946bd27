package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CliSettings;
import dev.weir.cli.ClientGone;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.cli.stat.InfoField;
import dev.weir.cli.stat.InfoWriter;

/** About the process: figures, environment, version, sockets; waiting, and reading the configuration again. */
public final class ProcessCommands implements CommandFamily {
    private static final long SECOND_MS = 1000;
    private static final long WAIT_MAX_MS = 3_600_000;

    private final RuntimeControl control;

    public ProcessCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "show info",
                Level.USER,
                "show info [desc|json|typed|float]*",
                "report information about the running process",
                this::info);
        table.add(
                "show version",
                Level.USER,
                "show version",
                "show version of the current process",
                (arguments, answer) -> answer.line(InfoField.VERSION.value(control)));
        table.add(
                "show env",
                Level.OPERATOR,
                "show env [var]",
                "dump environment variables known to the process",
                this::environment);
        table.add("show cli sockets", Level.USER, "show cli sockets", "dump list of cli sockets", this::sockets);
        table.add(
                "show cli level",
                Level.USER,
                "show cli level",
                "display the level of the current CLI session",
                (arguments, answer) -> answer.line(answer.state().level().text()));
        table.add(
                "show startup-logs",
                Level.OPERATOR,
                "show startup-logs",
                "report logs emitted during the start",
                (arguments, answer) -> control.startupLog().forEach(answer::line));
        table.add(
                "echo",
                Level.USER,
                "echo <text>",
                "print text to the output",
                (arguments, answer) -> answer.line(arguments.rest()));
        table.add("set timeout", Level.USER, "set timeout [cli] <delay>", "change a timeout setting", this::timeout);
        table.add("wait", Level.USER, "wait <delay>", "wait the specified delay", this::pause);
        table.add("reload", Level.ADMIN, "reload", "read the configuration again, in place", this::reload);
        table.add(
                "experimental-mode",
                Level.ADMIN,
                "experimental-mode [on|off]",
                "enable or disable experimental commands",
                (arguments, answer) -> answer.state().experimental(!arguments.skip("off")));
    }

    private void info(Arguments arguments, Answer answer) throws CommandFailure {
        String form = "";
        boolean isDescribed = false;
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "typed", "json" -> form = word;
                case "desc" -> isDescribed = true;
                case "float" -> {} // no figure here has a fraction
                default -> throw new CommandFailure("'show info' takes 'typed', 'json', 'desc' and 'float'.");
            }
        }
        InfoWriter.write(control, form, isDescribed, answer.text());
    }

    private void environment(Arguments arguments, Answer answer) throws CommandFailure, ClientGone {
        if (arguments.hasNext()) {
            String name = arguments.next();
            String value = control.environment().get(name);
            if (value == null) {
                throw new CommandFailure("Variable not found");
            }
            answer.line(name + "=" + value);
            return;
        }
        for (var variable : control.environment().entrySet()) {
            answer.line(variable.getKey() + "=" + variable.getValue()).flush();
        }
    }

    private void sockets(Arguments arguments, Answer answer) {
        answer.line("# socket lvl processes");
        for (CliSettings.Socket socket : control.cli().sockets()) {
            answer.line(socket.text() + " " + socket.level().text() + " all");
        }
    }

    private void timeout(Arguments arguments, Answer answer) throws CommandFailure {
        if (!arguments.skip("cli")) {
            throw new CommandFailure("'set timeout' only supports 'cli'.");
        }
        String text = arguments.require("Expects an integer value.");
        if (!text.matches("[0-9]{1,7}")) {
            throw new CommandFailure("Invalid timeout value.");
        }
        answer.state().idleMs(Integer.parseInt(text) * SECOND_MS);
    }

    private void pause(Arguments arguments, Answer answer) throws CommandFailure {
        String text = arguments.require("Expects a duration in milliseconds.");
        if (!text.matches("[0-9]{1,7}(ms)?")) {
            throw new CommandFailure("Expects a duration in milliseconds.");
        }
        try {
            Thread.sleep(Math.min(WAIT_MAX_MS, Long.parseLong(text.replace("ms", ""))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        answer.line("Done.");
    }

    private void reload(Arguments arguments, Answer answer) {
        RuntimeControl.Reload reload = control.reload();
        answer.line(reload.isInForce() ? "Success=1" : "Success=0").line("--");
        reload.messages().forEach(answer::line);
    }
}
