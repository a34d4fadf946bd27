package dev.weir.launch;

import dev.weir.config.compile.RuleChecks;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.Problems;
import dev.weir.config.model.Severity;

/** {@code -c}: reads and checks the configuration, says what is wrong, and does nothing else. */
final class ConfigurationCheck {
    private static final int VALID = 0;
    private static final int INVALID = 1;
    private static final int NO_LISTENER = 2;

    private ConfigurationCheck() {}

    /** The exit code. */
    static int run(CommandLine commandLine) {
        var messages = new StartupMessages(commandLine.isQuiet(), commandLine.showsDiagnostics());
        var problems = new Problems();
        var loaded = ConfigurationLoader.load(commandLine, problems);
        var configuration = loaded.configuration();
        if (!problems.isFatal()) {
            RuleChecks.check(configuration, loaded.environment(), loaded.resolver(), problems);
        }
        messages.show(problems);
        if (isRefused(commandLine, configuration, problems, messages)) {
            return INVALID;
        }
        if (problems.warnings() > 0) {
            messages.answer("Warnings were found.");
        }
        if (!hasListener(configuration)) {
            messages.answer("Configuration file has no error but will not start (no listener) => exit(2).");
            return NO_LISTENER;
        }
        if (commandLine.isVerbose()) {
            messages.answer("Configuration file is valid");
        }
        return VALID;
    }

    /** Says so, too. */
    static boolean isRefused(
            CommandLine commandLine, Configuration configuration, Problems problems, StartupMessages messages) {
        if (problems.isFatal()) {
            messages.show(Severity.ALERT, "config : Fatal errors found in configuration.");
            return true;
        }
        boolean areWarningsFatal = commandLine.areWarningsFatal()
                || configuration.global().process().zeroWarning();
        if (areWarningsFatal && problems.warnings() > 0) {
            messages.show(Severity.ALERT, "Some warnings were found and 'zero-warning' is set. Aborting.");
            return true;
        }
        return false;
    }

    private static boolean hasListener(Configuration configuration) {
        for (var proxy : configuration.proxies()) {
            if (proxy.frontend() != null && !proxy.frontend().binds().isEmpty() && !proxy.disabled()) {
                return true;
            }
        }
        return false;
    }
}
