package dev.weir.log;

import dev.weir.stream.LogLevel;
import dev.weir.stream.ProcessView;
import java.util.List;

/**
 * Where one section's lines go: its targets under its tag. Immutable; any thread. Messages of the process, such as servers
 * going up and down, take {@link #send}; sessions take {@link SessionLog}.
 */
public final class Logger {
    private final LogWriter writer;
    private final ProcessView process;
    private final String tag;
    private final String hostName;
    private final LogTarget[] targets;

    /** The same under another tag, unless that is empty, for some of its targets. */
    Logger with(String otherTag, List<LogTarget> some) {
        return new Logger(writer, process, otherTag.isEmpty() ? tag : otherTag, hostName, some);
    }

    List<LogTarget> targets() {
        return List.of(targets);
    }

    /**
     * @param tag {@code log-tag}
     * @param hostName {@code log-send-hostname}, empty without it: some headers have a word for nobody
     */
    public Logger(LogWriter writer, ProcessView process, String tag, String hostName, List<LogTarget> targets) {
        this.writer = writer;
        this.process = process;
        this.tag = tag;
        this.hostName = hostName;
        this.targets = targets.toArray(new LogTarget[0]);
    }

    /** Gives up the targets' sockets once the lines before have been written; a later line would open them again. */
    public void close() {
        for (LogTarget target : targets) {
            writer.retire(target);
        }
    }

    /** Whether anything is written at all. */
    public boolean isEnabled() {
        return targets.length > 0;
    }

    /** Sends a text; line feeds at its end are left out. */
    public void send(LogLevel level, String text) {
        LogRecord record = begin(level);
        if (record != null) {
            record.text.put(text.stripTrailing());
            writer.submit(record);
        }
    }

    /** A record with everything but the text; null if there is nowhere to write, or no room. */
    LogRecord begin(LogLevel level) {
        if (targets.length == 0 || level == LogLevel.SILENT) {
            return null;
        }
        LogRecord record = writer.take();
        if (record != null) {
            record.level = level.ordinal();
            record.epochMicros = process.clock().epochMicros();
            record.pid = process.pid();
            record.tag = tag;
            record.hostName = hostName;
            record.targets = targets;
        }
        return record;
    }

    LogWriter writer() {
        return writer;
    }
}
