package dev.weir.cli.command;

import dev.weir.cli.Anonymity;
import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code set anon}, {@code show anon}: for the rest of a connection {@code show sess} and {@code show servers} write hashes of names
 * and addresses.
 */
public final class AnonymityCommands implements CommandFamily {
    private static final long KEY_MAX = 0xFFFF_FFFFL;

    private final RuntimeControl control;

    AnonymityCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "show anon",
                Level.USER,
                "show anon",
                "display the current state of anonymized mode",
                (arguments, answer) -> show(answer));
        table.add("set anon on", Level.USER, "set anon on [value]", "activate the anonymized mode", this::begin);
        table.add(
                "set anon off",
                Level.USER,
                "set anon off",
                "deactivate the anonymized mode",
                (arguments, answer) -> answer.state().anonymity(Anonymity.OFF));
        table.add(
                "set anon global-key",
                Level.ADMIN,
                "set anon global-key <value>",
                "change the global anonymizing key",
                (arguments, answer) -> control.anonymityKey(key(arguments, 0)));
    }

    private static void show(Answer answer) {
        Anonymity anonymity = answer.state().anonymity();
        if (anonymity.key() == 0) {
            answer.line("Anonymized mode disabled");
            return;
        }
        answer.line("Anonymized mode enabled");
        if (answer.state().level() != Level.USER) {
            answer.line("Key : " + Integer.toUnsignedString(anonymity.key()));
        }
    }

    private void begin(Arguments arguments, Answer answer) throws CommandFailure {
        int key = arguments.hasNext() ? key(arguments, 1) : control.anonymityKey();
        if (key == 0) {
            key = (int) ThreadLocalRandom.current().nextLong(1, KEY_MAX + 1);
        }
        answer.state().anonymity(new Anonymity(key));
    }

    private static int key(Arguments arguments, long min) throws CommandFailure {
        String text = arguments.next();
        long key = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1;
        if (key < min || key > KEY_MAX) {
            throw new CommandFailure("Value out of range (" + min + " to 4294967295 expected).");
        }
        return (int) key;
    }
}
