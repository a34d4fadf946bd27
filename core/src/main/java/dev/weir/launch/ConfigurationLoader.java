package dev.weir.launch;

import dev.weir.config.check.AddressResolver;
import dev.weir.config.check.ConfigurationChecks;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.Position;
import dev.weir.config.model.Problems;
import dev.weir.config.parse.ConfigurationReader;
import dev.weir.config.parse.Environment;

/** Reads and checks the configuration that a command line names; at start, for {@code -c}, and again at each reload. */
public final class ConfigurationLoader {
    private ConfigurationLoader() {}

    /**
     * A configuration with what was found out while it was checked.
     *
     * @param environment after {@code setenv} and its relatives
     * @param resolver knows the names already
     */
    public record Loaded(Configuration configuration, Environment environment, AddressResolver resolver) {}

    /** What could be understood; do not start it if the problems are fatal. */
    public static Loaded load(CommandLine commandLine, Problems problems) {
        var environment = Environment.ofProcess();
        if (!commandLine.localPeer().isEmpty()) {
            environment.set("HAPROXY_LOCALPEER", commandLine.localPeer());
        }
        var configuration = read(commandLine, environment, problems);
        var resolver = new AddressResolver();
        // References into a section that could not be read would only add noise.
        if (!problems.isFatal()) {
            ConfigurationChecks.check(configuration, problems, resolver, commandLine.mayFailToResolve());
        }
        for (String option : commandLine.withoutEffect()) {
            problems.notice(Position.NONE, "option " + option + " has no effect in Weir.");
        }
        return new Loaded(configuration, environment, resolver);
    }

    private static Configuration read(CommandLine commandLine, Environment environment, Problems problems) {
        var quick = commandLine.quickSetup();
        return quick == null
                ? ConfigurationReader.read(commandLine.files(), environment, problems)
                : ConfigurationReader.readText("--listen", quick.toConfiguration(), environment, problems);
    }
}
