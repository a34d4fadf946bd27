package dev.weir.config.parse;

import dev.weir.config.model.ProxyKind;
import dev.weir.stream.LogOrigin;
import java.util.EnumSet;
import java.util.Set;

/** {@code log-steps <step>[,<step>]...}. */
final class LogStepsKeyword {
    private LogStepsKeyword() {}

    static void parse(ProxyDraft proxy, Line line) {
        String text = line.argument("a list of log steps");
        if (proxy.kind == ProxyKind.BACKEND) {
            line.warning("log-steps will be ignored because " + proxy.title() + " has no frontend capability");
            return;
        }
        Set<LogOrigin> steps = EnumSet.noneOf(LogOrigin.class);
        for (String step : text.split(",")) {
            add(step, steps, line);
        }
        proxy.logSteps = steps;
    }

    private static void add(String step, Set<LogOrigin> steps, Line line) {
        boolean isKnown = false;
        for (LogOrigin origin : LogOrigin.values()) {
            if (origin.isStep() && (step.equals("all") || step.equals(origin.step()))) {
                steps.add(origin);
                isKnown = true;
            }
        }
        if (!isKnown) {
            line.alertSubject(
                    "expects 'all' or a list of 'accept', 'request', 'connect', 'response' and 'close' but got '" + step
                            + "'");
        }
    }
}
