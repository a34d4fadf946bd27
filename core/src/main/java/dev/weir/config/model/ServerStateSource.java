package dev.weir.config.model;

/**
 * Where a backend's servers take their state from at the start: {@code load-server-state-from-file}, {@code server-state-file-name}.
 *
 * @param fileName of the backend's own file; empty for the backend's name
 */
public record ServerStateSource(Kind kind, String fileName) {
    public static final ServerStateSource NONE = new ServerStateSource(Kind.NONE, "");

    /** Which file. */
    public enum Kind {
        NONE,
        /** The one of {@code global}. */
        GLOBAL,
        /** The backend's own. */
        LOCAL
    }
}
