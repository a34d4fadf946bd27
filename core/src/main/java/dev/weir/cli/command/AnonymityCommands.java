package dev.weir.cli.command;

import dev.weir.cli.Anonymity;
import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code set anon}, {@code show anon}: for the rest of a connection {@code show sess} and {@code show servers} write hashes of names
 * and addresses.
 */
public final class AnonymityCommands implements CommandFamily {
    private static final long KEY_MAX = 0xFFFF_FFFFL;

    @Override
    public void describe(CommandTable table) {
        table.add(
                "show anon",
                Level.USER,
                "show anon",
                "display the current state of anonymized mode",
                (arguments, answer) -> show(answer));
        table.add(
                "set anon on",
                Level.USER,
                "set anon on [value]",
                "activate the anonymized mode",
                AnonymityCommands::begin);
        table.add(
                "set anon off",
                Level.USER,
                "set anon off",
                "deactivate the anonymized mode",
                (arguments, answer) -> answer.state().anonymity(Anonymity.OFF));
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

    private static void begin(Arguments arguments, Answer answer) throws CommandFailure {
        long key = arguments.hasNext()
                ? key(arguments.next())
                : ThreadLocalRandom.current().nextLong(1, KEY_MAX + 1);
        answer.state().anonymity(new Anonymity((int) key));
    }

    private static long key(String text) throws CommandFailure {
        long key = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : 0;
        if (key == 0 || key > KEY_MAX) {
            throw new CommandFailure("Value out of range (1 to 4294967295 expected).");
        }
        return key;
    }
}
