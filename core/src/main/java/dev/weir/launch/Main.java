package dev.weir.launch;

import dev.weir.launch.ctl.Ctl;
import dev.weir.launch.demo.Demo;
import dev.weir.launch.demo.Rehearsal;
import java.nio.charset.StandardCharsets;

/** Where the process starts. Answers about versions and conditions load nothing of the proxy. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        int status = run(CommandLine.parse(arguments));
        if (status != 0) {
            System.exit(status);
        }
    }

    private static int run(CommandLine commandLine) {
        if (!commandLine.directory().isEmpty() && !WorkingDirectory.change(commandLine.directory())) {
            return 1;
        }
        return switch (commandLine.task()) {
            case VERSION -> print(VersionText.brief());
            case BUILD_INFORMATION -> print(VersionText.full());
            case HELP -> print(VersionText.brief() + VersionText.help());
            case CONDITION -> ConditionCheck.run(commandLine);
            case CHECK -> ConfigurationCheck.run(commandLine);
            case WRONG -> wrong(commandLine.error());
            case SUBCOMMAND -> subcommand(commandLine);
            case TRAIN -> Rehearsal.run(new EmbeddedProxy());
            case RUN -> Boot.run(commandLine);
        };
    }

    private static int subcommand(CommandLine commandLine) {
        return switch (commandLine.subcommand()) {
            case "demo" -> Demo.run(commandLine.subcommandArguments(), new EmbeddedProxy());
            case "explain" -> Explain.run(commandLine.subcommandArguments());
            case "ctl" -> Ctl.run(commandLine.subcommandArguments());
            default -> wrong("unknown command '" + commandLine.subcommand() + "'");
        };
    }

    private static int print(String text) {
        System.out.write(text.getBytes(StandardCharsets.UTF_8), 0, text.length());
        System.out.flush();
        return 0;
    }

    private static int wrong(String error) {
        System.err.print("weir: " + error + "\n" + VersionText.brief() + VersionText.help());
        return 1;
    }
}
