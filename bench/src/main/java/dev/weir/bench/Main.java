package dev.weir.bench;

import dev.weir.bench.command.BenchCommand;
import dev.weir.bench.command.ReportCommand;
import dev.weir.bench.micro.MicroBenchmarks;
import java.util.Arrays;
import picocli.CommandLine;

/** Where {@code ./weir bench} and {@code ./weir report} arrive. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        String tool = arguments.length > 0 ? arguments[0] : "bench";
        if (arguments.length > 1 && tool.equals("bench") && arguments[1].equals("micro")) {
            return MicroBenchmarks.run(Arrays.copyOfRange(arguments, 2, arguments.length));
        }
        String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        Object command = tool.equals("report") ? new ReportCommand() : new BenchCommand();
        return new CommandLine(command).setCommandName("weir " + tool).execute(rest);
    }
}
