package dev.weir.config.model;

/** One message about a configuration. {@code at} is {@link Position#NONE} when no line is to blame; lines after the first are details. */
public record Problem(Severity severity, Position at, String text) {

    /** As HAProxy writes it: level, process, place, text. */
    public String format(long pid) {
        var line = new StringBuilder(160);
        line.append(severity.label()).append('(').append(pid).append(") : ");
        if (!at.file().isEmpty()) {
            line.append("config : parsing ").append(at).append(" : ");
        }
        return line.append(text).toString();
    }
}
