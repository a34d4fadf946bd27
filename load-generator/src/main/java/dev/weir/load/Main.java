package dev.weir.load;

import dev.weir.load.command.LoadCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where {@code ./weir load} starts. */
@Command(name = "weir", subcommands = LoadCommand.class)
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
