package dev.weir.bench.micro;

import dev.weir.bench.process.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** {@code ./weir bench micro}: JMH's command line, with the gc profiler and what a forked JVM needs. */
public final class MicroBenchmarks {
    /** The jar's manifest reaches only the JVM that it starts, not the ones that JMH forks. */
    private static final List<String> JVM_ARGUMENTS = Stream.concat(
                    JavaCommand.ACCESS.stream(), JavaCommand.SPEED.stream())
            .toList();

    private MicroBenchmarks() {}

    /** @return the exit status */
    public static int run(String[] arguments) {
        try {
            var commandLine = new CommandLineOptions(arguments);
            if (commandLine.shouldHelp()) {
                commandLine.showHelp();
                return 0;
            }
            Runner runner = new Runner(options(commandLine));
            if (commandLine.shouldList()) {
                runner.list();
                return 0;
            }
            return runner.run().isEmpty() ? 1 : 0;
        } catch (CommandLineOptionException | RunnerException e) {
            System.err.println("weir bench micro: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Options options(CommandLineOptions commandLine) {
        ChainedOptionsBuilder builder = new OptionsBuilder().parent(commandLine);
        if (!commandLine.getJvmArgs().hasValue()) {
            builder.jvmArgs(JVM_ARGUMENTS.toArray(String[]::new)); // or a fork gets this JVM's: C1 only
        }
        if (commandLine.getProfilers().isEmpty()) {
            builder.addProfiler(GCProfiler.class);
        }
        return builder.build();
    }
}
