package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.stream.LogLevel;

/** {@code set log level}, Weir's own: more or fewer lines without a reload. It holds until it is taken back, also over reloads. */
public final class LogCommands implements CommandFamily {
    private static final String AS_CONFIGURED = "default";

    private final RuntimeControl control;

    public LogCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "set log level",
                Level.ADMIN,
                "set log level [<level>|default]",
                "least urgent level that is logged, whatever log lines say",
                this::level);
    }

    private void level(Arguments arguments, Answer answer) throws CommandFailure {
        if (arguments.hasNext()) {
            control.logs().limit(limit(arguments.next()));
        } else {
            LogLevel limit = control.logs().limit();
            answer.line(limit == null ? AS_CONFIGURED : limit.text());
        }
    }

    private static LogLevel limit(String name) throws CommandFailure {
        if (name.equals(AS_CONFIGURED)) {
            return null;
        }
        LogLevel level = LogLevel.of(name);
        if (level == null || level == LogLevel.SILENT) {
            throw new CommandFailure("Expects one of emerg, alert, crit, err, warning, notice, info, debug, default.");
        }
        return level;
    }
}
