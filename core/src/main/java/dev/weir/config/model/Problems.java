package dev.weir.config.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is wrong with a configuration, in the order of discovery: a run reports all of it, not the first.
 * Single-threaded. The number of kept messages is bounded; further ones are counted only.
 */
public final class Problems {
    private static final int KEPT_MAX = 1000;

    private final List<Problem> kept = new ArrayList<>();
    private int alerts;
    private int warnings;

    /** Makes the configuration unusable. */
    public void alert(Position at, String text) {
        alerts++;
        add(Severity.ALERT, at, text);
    }

    public void alert(String text) {
        alert(Position.NONE, text);
    }

    /** Suspicious, yet usable; {@code -dW} makes it fatal. */
    public void warning(Position at, String text) {
        warnings++;
        add(Severity.WARNING, at, text);
    }

    public void notice(Position at, String text) {
        add(Severity.NOTICE, at, text);
    }

    /** Shown with {@code -dD} only. */
    public void diag(Position at, String text) {
        add(Severity.DIAG, at, text);
    }

    public int alerts() {
        return alerts;
    }

    public int warnings() {
        return warnings;
    }

    public boolean isFatal() {
        return alerts > 0;
    }

    public List<Problem> all() {
        return kept;
    }

    private void add(Severity severity, Position at, String text) {
        if (kept.size() < KEPT_MAX) {
            kept.add(new Problem(severity, at, text));
        }
    }
}
