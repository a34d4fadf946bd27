package dev.weir.config.parse;

import dev.weir.config.model.RuleSet;

/** Rules run by set, not by line: a line that comes after one that runs later deserves a warning. */
final class RuleOrder {
    /** Stages in order of evaluation; the rule sets' ordinals come first. */
    static final int USE_BACKEND = RuleSet.values().length;

    static final int USE_SERVER = USE_BACKEND + 1;

    private static final String[] NAMES = {
        "tcp-request connection",
        "tcp-request session",
        "tcp-request content",
        "http-request",
        "redirect",
        "tcp-response content",
        "http-response",
        "http-after-response",
        "filter",
        "use_backend",
        "use-server"
    };

    private RuleOrder() {}

    static void check(ProxyDraft proxy, int stage, Line line) {
        if (stage < USE_BACKEND && RuleSet.values()[stage].isOfResponses()) {
            return;
        }
        int later = proxy.stagesSeen >>> (stage + 1) << (stage + 1);
        if (later != 0) {
            warn(NAMES[stage], later, line);
        }
        proxy.stagesSeen |= 1 << stage;
    }

    /** {@code monitor fail} is asked before the rules for requests. */
    static void checkMonitor(ProxyDraft proxy, Line line) {
        int later = proxy.stagesSeen >>> RuleSet.HTTP_REQUEST.ordinal() << RuleSet.HTTP_REQUEST.ordinal();
        if (later != 0) {
            warn("monitor fail", later, line);
        }
    }

    private static void warn(String what, int later, Line line) {
        String other = NAMES[Integer.numberOfTrailingZeros(later)];
        String article = other.startsWith("http-") ? "an" : "a";
        line.warning("a '" + what + "' rule placed after " + article + " '" + other
                + "' rule will still be processed before.");
    }
}
