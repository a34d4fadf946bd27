package dev.weir.load;

import dev.weir.load.command.LoadCommand;
import dev.weir.load.command.OriginCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where {@code ./weir load} and {@code ./weir origin} start. */
@Command(
        name = "weir",
        subcommands = {LoadCommand.class, OriginCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(program().execute(arguments));
    }

    /** Both commands. */
    public static CommandLine program() {
        return new CommandLine(new Main()).setParameterExceptionHandler((problem, arguments) -> {
            CommandLine command = problem.getCommandLine();
            String name = command.getCommandSpec().qualifiedName();
            String message = problem.getMessage();
            command.getErr().println(message.startsWith(name) ? message : name + ": " + message);
            command.getErr().println("Try: " + name + " --help");
            return command.getCommandSpec().exitCodeOnInvalidInput();
        });
    }
}
