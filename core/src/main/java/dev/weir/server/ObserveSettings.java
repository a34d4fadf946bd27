package dev.weir.server;

/**
 * {@code observe}: what traffic itself says of a server's health. Immutable.
 *
 * @param errorLimit consecutive errors that trigger the action
 */
public record ObserveSettings(Layer layer, int errorLimit, OnError onError) {
    /** What is looked at. Closed set. */
    public enum Layer {
        /** Connections. */
        LAYER4,
        /** HTTP responses as well. */
        LAYER7
    }

    /** {@code on-error}. */
    public enum OnError {
        /** The next check comes soon. */
        FASTINTER,
        /** Counts as a failed check. */
        FAIL_CHECK,
        /** The next failure takes it down, and the next check comes soon. */
        SUDDEN_DEATH,
        /** Down at once. */
        MARK_DOWN
    }
}
