package dev.weir.launch;

import dev.weir.config.model.Severity;
import dev.weir.config.parse.Conditions;
import dev.weir.config.parse.Environment;

/** {@code -cc}: evaluates a condition as {@code .if} would. */
final class ConditionCheck {
    private static final int TRUE = 0;
    private static final int FALSE = 1;
    private static final int WRONG = 2;

    private ConditionCheck() {}

    /** The exit code. */
    static int run(CommandLine commandLine) {
        var result = Conditions.evaluateWords(StartupMessages.bytes(commandLine.condition()), Environment.ofProcess());
        if (result.error() != null) {
            new StartupMessages(false, false).show(Severity.ALERT, "Failed to evaluate condition: " + result.error());
            return WRONG;
        }
        return result.isTrue() ? TRUE : FALSE;
    }
}
