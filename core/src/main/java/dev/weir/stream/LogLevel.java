package dev.weir.stream;

/** Severities of syslog, most urgent first, as {@code set-log-level} and log lines name them. */
public enum LogLevel {
    EMERG("emerg"),
    ALERT("alert"),
    CRIT("crit"),
    ERR("err"),
    WARNING("warning"),
    NOTICE("notice"),
    INFO("info"),
    DEBUG("debug"),
    /** Not a severity: the session writes no line. */
    SILENT("silent");

    private final String text;

    LogLevel(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Null if no level has that name. */
    public static LogLevel of(String text) {
        for (LogLevel level : values()) {
            if (level.text.equals(text)) {
                return level;
            }
        }
        return null;
    }
}
