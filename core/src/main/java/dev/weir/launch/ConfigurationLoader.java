package dev.weir.launch;

import dev.weir.config.check.AddressResolver;
import dev.weir.config.check.ConfigurationChecks;
import dev.weir.config.compile.RuleChecks;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.Position;
import dev.weir.config.model.Problem;
import dev.weir.config.model.Problems;
import dev.weir.config.model.Severity;
import dev.weir.config.model.StatsSocketLine;
import dev.weir.config.parse.ConfigurationReader;
import dev.weir.config.parse.Environment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads and checks the configuration that a command line names; at start, for {@code -c}, and again at each reload. */
public final class ConfigurationLoader {
    private ConfigurationLoader() {}

    /**
     * A configuration with what was found out while it was checked.
     *
     * @param environment after {@code setenv} and its relatives
     * @param resolver knows the names already
     * @param masterSockets of {@code -S}
     */
    public record Loaded(
            Configuration configuration,
            Environment environment,
            AddressResolver resolver,
            List<StatsSocketLine> masterSockets) {}

    /** What could be understood; do not start it if the problems are fatal. */
    public static Loaded load(CommandLine commandLine, Problems problems) {
        var environment = Environment.ofProcess();
        if (!commandLine.localPeer().isEmpty()) {
            environment.set("HAPROXY_LOCALPEER", commandLine.localPeer());
        }
        if (commandLine.isMasterWorker()) {
            environment.set("HAPROXY_MWORKER", "1");
        }
        if (!commandLine.masterSocket().isEmpty()) {
            environment.set("HAPROXY_MASTER_CLI", masterAddress(commandLine));
        }
        var configuration = read(commandLine, environment, problems);
        var resolver = new AddressResolver();
        if (!problems.isFatal()) {
            ConfigurationChecks.check(configuration, problems, resolver, commandLine.mayFailToResolve());
        }
        if (problems.isFatal()) {
            addFaults(configuration, environment, resolver, commandLine.mayFailToResolve(), problems);
        }
        for (String option : commandLine.withoutEffect()) {
            problems.notice(Position.NONE, "option " + option + " has no effect in Weir.");
        }
        return new Loaded(configuration, environment, resolver, masterSockets(commandLine, problems));
    }

    /** {@code -S <address>[,<option>...]} is a {@code stats socket} line with commas. */
    private static List<StatsSocketLine> masterSockets(CommandLine commandLine, Problems problems) {
        if (commandLine.masterSocket().isEmpty()) {
            return List.of();
        }
        String line = "global\n stats socket " + commandLine.masterSocket().replace(',', ' ') + "\n";
        return ConfigurationReader.readText(
                        "-S", line.getBytes(StandardCharsets.ISO_8859_1), Environment.ofProcess(), problems)
                .global()
                .runtimeApi()
                .sockets();
    }

    /**
     * What else is wrong, so that one run tells all of it. Warnings are left out: they would be about what the faulty lines failed to
     * say.
     */
    private static void addFaults(
            Configuration configuration,
            Environment environment,
            AddressResolver resolver,
            boolean mayFailToResolve,
            Problems problems) {
        var further = new Problems();
        ConfigurationChecks.check(configuration, further, resolver, mayFailToResolve);
        RuleChecks.check(configuration, environment, resolver, further);
        for (Problem problem : further.all()) {
            if (problem.severity() == Severity.ALERT && !problems.all().contains(problem)) {
                problems.alert(problem.at(), problem.text());
            }
        }
    }

    private static String masterAddress(CommandLine commandLine) {
        String address = commandLine.masterSocket().replaceFirst(",.*", "");
        return address.startsWith("/") ? "unix@" + address : address;
    }

    private static Configuration read(CommandLine commandLine, Environment environment, Problems problems) {
        var quick = commandLine.quickSetup();
        return quick == null
                ? ConfigurationReader.read(commandLine.files(), environment, problems)
                : ConfigurationReader.readText("--listen", quick.toConfiguration(), environment, problems);
    }
}
