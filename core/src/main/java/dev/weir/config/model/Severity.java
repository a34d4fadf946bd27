package dev.weir.config.model;

/** HAProxy's levels of messages; only alerts make a configuration unusable. */
public enum Severity {
    /** Shown with {@code -dD} only. */
    DIAG("[DIAG]     "),
    NOTICE("[NOTICE]   "),
    WARNING("[WARNING]  "),
    ALERT("[ALERT]    ");

    private final String label;

    Severity(String label) {
        this.label = label;
    }

    /** The first column of a message, padded as HAProxy pads it. */
    public String label() {
        return label;
    }
}
