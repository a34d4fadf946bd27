package dev.weir.cli;

/** What a connection to the runtime API may do; each level includes those before it. */
public enum Level {
    USER,
    OPERATOR,
    ADMIN;

    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Null if there is none of that name. */
    public static Level of(String text) {
        for (Level level : values()) {
            if (level.text().equals(text)) {
                return level;
            }
        }
        return null;
    }
}
