package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CliSettings;
import dev.weir.cli.CliState;
import dev.weir.cli.ClientGone;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.cli.stat.InfoField;
import dev.weir.cli.stat.InfoWriter;
import dev.weir.cli.stat.JsonSchema;
import dev.weir.sample.Quantity;

/** About the process: figures, environment, version, sockets; waiting, and reading the configuration again. */
public final class ProcessCommands implements CommandFamily {
    private static final long SECOND_MS = 1000;
    /** HAProxy counts this one in seconds, of which there may be 2^31-1. */
    private static final long TIMEOUT_MAX_MS = Integer.MAX_VALUE * SECOND_MS;

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
                "show schema json",
                Level.USER,
                "show schema json",
                "report schema used for stats",
                (arguments, answer) -> answer.line(JsonSchema.TEXT));
        table.add(
                "show env",
                Level.OPERATOR,
                "show env [var]",
                "dump environment variables known to the process",
                this::environment);
        describeSession(table);
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
        describeControl(table);
    }

    private void describeSession(CommandTable table) {
        table.add(
                "user",
                Level.USER,
                "user",
                "lower the level of the current CLI session to user",
                (arguments, answer) -> answer.state().lower(Level.USER));
        table.add(
                "operator",
                Level.OPERATOR,
                "operator",
                "lower the level of the current CLI session to operator",
                (arguments, answer) -> answer.state().lower(Level.OPERATOR));
        table.add("show cli sockets", Level.USER, "show cli sockets", "dump list of cli sockets", this::sockets);
        table.add(
                "show cli level",
                Level.USER,
                "show cli level",
                "display the level of the current CLI session",
                (arguments, answer) -> answer.line(answer.state().level().text()));
    }

    private void describeControl(CommandTable table) {
        table.add("set timeout", Level.USER, "set timeout [cli] <delay>", "change a timeout setting", this::timeout);
        table.add(
                "wait",
                Level.ADMIN,
                "wait {-h|<delay_ms>} cond [args...]",
                "wait the specified delay or condition (-h to see list)",
                new WaitCommand(control));
        table.add(
                "set severity-output",
                Level.USER,
                "set severity-output [none|number|string]",
                "set presence of severity level in feedback information",
                this::severity);
        table.add("reload", Level.ADMIN, "reload", "read the configuration again, in place", this::reload);
        describeModes(table);
    }

    private static void describeModes(CommandTable table) {
        table.add(
                "experimental-mode",
                Level.ADMIN,
                "experimental-mode [on|off]",
                "enable or disable experimental commands",
                (arguments, answer) -> {
                    CliState state = answer.state();
                    state.experimental(mode("experimental-mode", state.isExperimental(), arguments, answer));
                });
        table.add(
                "expert-mode",
                Level.ADMIN,
                "expert-mode [on|off]",
                "enable or disable expert commands",
                (arguments, answer) -> {
                    CliState state = answer.state();
                    state.expert(mode("expert-mode", state.isExpert(), arguments, answer));
                });
    }

    /** Without a word the mode is told and stays. */
    private static boolean mode(String name, boolean isOn, Arguments arguments, Answer answer) {
        if (!arguments.hasNext()) {
            answer.line(name + " is " + (isOn ? "ON" : "OFF"));
        }
        return arguments.skip("on") || !arguments.skip("off") && isOn;
    }

    private void info(Arguments arguments, Answer answer) throws CommandFailure {
        String form = "";
        boolean isDescribed = false;
        boolean isExact = false;
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "typed", "json" -> form = word;
                case "desc" -> isDescribed = true;
                case "float" -> isExact = true;
                default -> {} // as in HAProxy
            }
        }
        InfoWriter.write(control, form, isDescribed, isExact, answer.text());
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
            if (socket.isMaster()) {
                continue;
            }
            answer.line(socket.text() + " " + socket.level().text() + " all");
        }
    }

    private void severity(Arguments arguments, Answer answer) throws CommandFailure {
        CliState.SeverityOutput form = CliState.SeverityOutput.of(arguments.next());
        if (form == null) {
            throw new CommandFailure("one of 'none', 'number', 'string' is a required argument");
        }
        answer.state().severityOutput(form);
    }

    private void timeout(Arguments arguments, Answer answer) throws CommandFailure {
        if (!arguments.skip("cli")) {
            throw new CommandFailure("'set timeout' only supports 'cli'.");
        }
        String text = arguments.require("Expects an integer value.");
        long timeMs = Quantity.timeMs(text, SECOND_MS, TIMEOUT_MAX_MS);
        if (timeMs <= 0) {
            throw new CommandFailure("Invalid timeout value.");
        }
        answer.state().idleMs(Math.ceilDiv(timeMs, SECOND_MS) * SECOND_MS);
    }

    private void reload(Arguments arguments, Answer answer) {
        reload(control.reload(), answer);
    }

    /** As tools of HAProxy's master read it. */
    static void reload(RuntimeControl.Outcome reload, Answer answer) {
        answer.line(reload.isDone() ? "Success=1" : "Success=0").line("--");
        reload.messages().forEach(answer::line);
    }
}
