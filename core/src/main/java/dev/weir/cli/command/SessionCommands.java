package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.ClientGone;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.proxy.RunningProxy;
import dev.weir.proxy.SessionRow;
import dev.weir.proxy.SessionWalk;
import dev.weir.stream.Cause;
import java.util.List;

/** {@code show sess}, {@code shutdown session}: what clients are served now. */
public final class SessionCommands implements CommandFamily {
    private static final String HELP = """
            Usage: show sess [<id> | all | help] [<options>*]
            Dumps active streams (formerly called 'sessions'). Available selectors:
               <id>         dump only this stream identifier (0x...)
               all          dump all matching streams in large format
               help         show this message
               susp         report streams considered suspicious
            Available options:
               show-uri     also display the transaction URI, if available
               older <age>  only display streams older than <age> seconds
               server <b/s> only show streams attached to this backend+server
               backend <b>  only show streams attached to this backend
               frontend <f> only show streams attached to this frontend
            Without any argument, all streams are dumped in a shorter format.""";

    private final RuntimeControl control;

    public SessionCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "show sess",
                Level.OPERATOR,
                "show sess [help|<id>|all] [opts...]",
                "report the list of current streams or dump this exact stream",
                this::show);
        table.add("shutdown session", Level.ADMIN, "shutdown session [id]", "kill a specific session", this::shutDown);
    }

    private void show(Arguments arguments, Answer answer) throws CommandFailure, ClientGone {
        SessionFilter filter = SessionFilter.parse(arguments, control);
        if (filter.isHelp()) {
            answer.line(HELP);
            return;
        }
        RunningProxy proxy = control.proxy();
        int shown = 0;
        for (int loop = 0; loop < proxy.loopCount(); loop++) {
            try (SessionWalk walk = proxy.walk(loop)) {
                shown += show(walk, filter, answer);
            }
        }
        if (filter.number() != 0 && shown == 0) {
            throw new CommandFailure("Session not found.");
        }
    }

    private static int show(SessionWalk walk, SessionFilter filter, Answer answer) throws CommandFailure, ClientGone {
        int shown = 0;
        List<SessionRow> rows = LoopAnswers.await(walk.rows());
        while (!rows.isEmpty()) {
            for (SessionRow row : rows) {
                if (filter.wants(row)) {
                    shown++;
                    write(row, filter, answer);
                    answer.flush();
                }
            }
            rows = LoopAnswers.await(walk.rows());
        }
        return shown;
    }

    private static void write(SessionRow row, SessionFilter filter, Answer answer) {
        if (filter.isLong()) {
            new SessionText(answer.state().anonymity(), answer.text()).full(row);
        } else {
            new SessionText(answer.state().anonymity(), answer.text()).brief(row, filter.showsUri());
        }
    }

    private void shutDown(Arguments arguments, Answer answer) throws CommandFailure {
        arguments.requireNext("Session pointer expected (use 'show sess').");
        String word = arguments.next();
        if (!word.matches("0x[0-9a-f]{1,15}")) {
            throw new CommandFailure("Session pointer expected (use 'show sess').");
        }
        if (!LoopAnswers.await(control.proxy().kill(Long.parseLong(word.substring(2), 16), Cause.KILLED))) {
            throw new CommandFailure("No such session (use 'show sess').");
        }
    }
}
