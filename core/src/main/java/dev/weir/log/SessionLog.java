package dev.weir.log;

import dev.weir.stream.LogLevel;
import dev.weir.stream.Stream;
import java.util.concurrent.atomic.LongAdder;

/**
 * How a frontend logs its sessions: format, policy, targets. Immutable beside its line counter; any loop. Building a line
 * allocates nothing.
 */
public final class SessionLog {
    /**
     * Which sessions are logged.
     *
     * @param ignoresNull {@code option dontlognull}: not those without a byte from the client
     * @param ignoresNormal {@code option dontlog-normal}: not those without anything unusual
     * @param isEarly {@code option logasap}: at once when the connection to the server stands
     * @param raisesErrors {@code option log-separate-errors}: unusual ones at level err
     */
    public record Policy(boolean ignoresNull, boolean ignoresNormal, boolean isEarly, boolean raisesErrors) {
        public static final Policy ALL = new Policy(false, false, false, false);
    }

    private final Logger logger;
    private final LogFormat format;
    private final LogFormat errorFormat;
    private final LogFormat structuredData;
    private final Policy policy;
    private final boolean mayShowPeers;
    private final LongAdder lines = new LongAdder();

    /** @param format null if it could not be compiled: then nothing will run
     * @param errorFormat {@code error-log-format}, or null
     * @param structuredData {@code log-format-sd}, or null */
    public SessionLog(Logger logger, LogFormat format, LogFormat errorFormat, LogFormat structuredData, Policy policy) {
        this.logger = logger;
        this.format = format;
        this.errorFormat = errorFormat;
        this.structuredData = structuredData;
        this.policy = policy;
        this.mayShowPeers = mayShowPeers(format) || mayShowPeers(errorFormat) || mayShowPeers(structuredData);
    }

    private static boolean mayShowPeers(LogFormat format) {
        return format != null && format.mayShowPeers();
    }

    /** Whether the names of both peers have to be looked up while the connections stand. */
    public boolean mayShowPeers() {
        return mayShowPeers && logger.isEnabled();
    }

    public Policy policy() {
        return policy;
    }

    /** Whether anything is written at all; if not, the session need not prepare its figures. */
    public boolean isEnabled() {
        return logger.isEnabled();
    }

    /** Writes the line of a session that ended, if the policy wants it. */
    public void write(Stream stream, LineWriter line) {
        write(stream, line, format, false, isNull(stream));
    }

    /** Whether there is a format for what never became a session. */
    public boolean hasErrorFormat() {
        return errorFormat != null;
    }

    /**
     * Writes the line of a connection that failed before it was a session, or of a request that is none.
     *
     * @param isNull whether nothing came from the client, which the figures of what is no request do not tell
     */
    public void writeError(Stream stream, LineWriter line, boolean isNull) {
        write(stream, line, errorFormat != null ? errorFormat : format, false, isNull);
    }

    /** Writes the line of {@code option logasap}, for a session whose connection to the server was just established. */
    public void writeEarly(Stream stream, LineWriter line) {
        write(stream, line, format, true, isNull(stream));
    }

    private void write(Stream stream, LineWriter line, LogFormat wanted, boolean isEarly, boolean isNull) {
        boolean isUnusual = stream.isUnusual();
        boolean isUnwanted = policy.ignoresNull && isNull || policy.ignoresNormal && !isUnusual;
        if (isUnwanted) {
            return;
        }
        LogRecord record = logger.begin(level(stream, isUnusual));
        if (record == null) {
            return;
        }
        stream.logCounter(lines.sum());
        lines.increment();
        wanted.write(stream, line, record.text, isEarly);
        if (structuredData != null) {
            structuredData.write(stream, line, record.structuredData, isEarly);
        }
        if (record.text.length() == 0) {
            logger.writer().giveBack(record);
        } else {
            logger.writer().submit(record);
        }
    }

    private LogLevel level(Stream stream, boolean isUnusual) {
        if (stream.logLevel() != null) {
            return stream.logLevel();
        }
        return isUnusual && policy.raisesErrors ? LogLevel.ERR : LogLevel.INFO;
    }

    /** A client that connected and sent nothing. */
    private static boolean isNull(Stream stream) {
        return stream.counts().bytesIn == 0;
    }
}
