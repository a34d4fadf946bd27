package dev.weir.launch;

import dev.weir.config.model.Severity;

/** Starts what the command line asks for. */
final class Boot {
    private Boot() {}

    /** The exit code. */
    static int run(CommandLine commandLine) {
        new StartupMessages(commandLine.isQuiet(), false)
                .show(Severity.ALERT, "this build of Weir checks configurations only (-c), it does not run them.");
        return 1;
    }
}
