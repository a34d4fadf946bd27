package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.RuntimeControl;
import dev.weir.cli.command.PatternNames.Kind;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.pattern.PatternList;

/** Whole maps and ACLs: emptied, and replaced in one step by way of a version that is filled beside the one in force. */
public final class PatternVersionCommands implements CommandFamily {
    private final RuntimeControl control;

    public PatternVersionCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        for (Kind kind : Kind.values()) {
            String list = "<" + kind.word + ">";
            PatternCommands.row(
                    table, kind, "clear", "[@<ver>] " + list, "clear the contents of this " + kind.word, this::clear);
            PatternCommands.row(
                    table,
                    kind,
                    "prepare",
                    list,
                    "prepare a new version for atomic " + kind.title + " replacement",
                    this::prepare);
            PatternCommands.row(
                    table,
                    kind,
                    "commit",
                    "@<ver> " + list,
                    "commit the " + kind.title + " at this version",
                    this::commit);
        }
    }

    private void clear(Kind kind, Arguments arguments, Answer answer) throws CommandFailure {
        int version = PatternNames.version(arguments);
        if (!arguments.hasNext()) {
            throw new CommandFailure("Missing %s identifier.", kind.title);
        }
        change(PatternNames.list(arguments, kind, control), list -> list.clear(version));
    }

    private void prepare(Kind kind, Arguments arguments, Answer answer) throws CommandFailure {
        change(
                PatternNames.list(arguments, kind, control),
                list -> answer.line("New version created: " + list.prepare()));
    }

    private void commit(Kind kind, Arguments arguments, Answer answer) throws CommandFailure {
        int version = PatternNames.requiredVersion(arguments);
        arguments.requireNext("Missing " + kind.title + " identifier.");
        change(PatternNames.list(arguments, kind, control), list -> list.commit(version));
    }

    private interface Change {
        void apply(PatternList list) throws ParseProblem;
    }

    private static void change(PatternList list, Change change) throws CommandFailure {
        try {
            change.apply(list);
        } catch (ParseProblem problem) {
            throw new CommandFailure("%s.", problem.getMessage());
        }
    }
}
