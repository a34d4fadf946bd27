package dev.weir.cli;

/** How grave a message of a command is, by syslog's numbers; clients may ask for it ({@code set severity-output}). */
public enum MessageLevel {
    ERROR(3, "err"),
    WARNING(4, "warning"),
    NOTICE(5, "notice"),
    INFO(6, "info");

    private final int number;
    private final String text;

    MessageLevel(int number, String text) {
        this.number = number;
        this.text = text;
    }

    String mark(CliState.SeverityOutput form) {
        return switch (form) {
            case NONE -> "";
            case NUMBER -> "[" + number + "]: ";
            case STRING -> "[" + text + "]: ";
        };
    }
}
