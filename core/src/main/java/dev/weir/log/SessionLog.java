package dev.weir.log;

import dev.weir.stream.LogLevel;
import dev.weir.stream.LogOrigin;
import dev.weir.stream.Stream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * How a frontend logs its sessions: formats, policy, targets. Immutable beside its line counter; any loop. Building a line
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

    /**
     * What lines look like.
     *
     * @param text {@code log-format} or an option; null if it could not be compiled: then nothing will run
     * @param error {@code error-log-format}, or null
     * @param structuredData {@code log-format-sd}, or null
     * @param profiles by the names that targets give
     */
    public record Formats(LogFormat text, LogFormat error, LogFormat structuredData, Map<String, LogProfile> profiles) {
        LogFormat of(LogOrigin origin) {
            return origin == LogOrigin.ERROR && error != null ? error : text;
        }
    }

    private final Logger logger;
    private final boolean hasErrorFormat;
    private final LogRoutes routes;
    private final Policy policy;
    private final Set<LogOrigin> steps;
    private final boolean mayShowPeers;
    private final LongAdder lines = new LongAdder();

    /** @param steps {@code log-steps}; empty for one line a session, by its policy */
    public SessionLog(Logger logger, Formats formats, Policy policy, Set<LogOrigin> steps) {
        this.logger = logger;
        this.hasErrorFormat = formats.error() != null;
        this.routes = new LogRoutes(logger, formats);
        this.policy = policy;
        this.steps = steps.isEmpty() ? Set.of() : Set.copyOf(steps);
        this.mayShowPeers = routes.mayShowPeers();
    }

    /** Whether the names of both peers have to be looked up while the connections stand. */
    public boolean mayShowPeers() {
        return mayShowPeers && logger.isEnabled();
    }

    /** Whether the line of a session is written before its end ({@code option logasap}). */
    public boolean isEarly() {
        return policy.isEarly && steps.isEmpty();
    }

    /** Whether connections without a byte from the client are passed over. */
    public boolean ignoresNull() {
        return policy.ignoresNull;
    }

    /** Whether anything is written at all; if not, the session need not prepare its figures. */
    public boolean isEnabled() {
        return logger.isEnabled();
    }

    /** Whether a line is written at this step in the middle of a session. */
    public boolean isStep(LogOrigin origin) {
        return steps.contains(origin) && logger.isEnabled();
    }

    /** Writes the line of a session that ended, if the policy wants it. */
    public void write(Stream stream, LineWriter line) {
        boolean isWanted = steps.isEmpty() || steps.contains(LogOrigin.CLOSE);
        if (isWanted && !(policy.ignoresNull && isNull(stream))) {
            write(stream, line, LogOrigin.CLOSE, false);
        }
    }

    /** Whether there is a format for what never became a session. */
    public boolean hasErrorFormat() {
        return hasErrorFormat;
    }

    /**
     * Writes the line of a connection that failed before it was a session, or of a request that is none.
     *
     * @param isNull whether nothing came from the client, which the figures of what is no request do not tell
     */
    public void writeError(Stream stream, LineWriter line, boolean isNull) {
        if (!(policy.ignoresNull && isNull)) {
            write(stream, line, LogOrigin.ERROR, false);
        }
    }

    /**
     * Writes the line of {@code option logasap}.
     *
     * @param origin what has just come about: the connection to the server, or the head of its response
     */
    public void writeEarly(Stream stream, LineWriter line, LogOrigin origin) {
        if (!(policy.ignoresNull && isNull(stream))) {
            write(stream, line, origin, true);
        }
    }

    /** Writes a line beside that of the end: at a step, or because a rule says so. */
    public void report(Stream stream, LineWriter line, LogOrigin origin) {
        write(stream, line, origin, false);
    }

    private void write(Stream stream, LineWriter line, LogOrigin origin, boolean isEarly) {
        boolean isUnusual = stream.isUnusual();
        boolean isAsked = !origin.isStep() && origin != LogOrigin.ERROR;
        if (policy.ignoresNormal && !isUnusual && !isAsked || !logger.isEnabled()) {
            return;
        }
        LogLevel level = level(stream, isUnusual);
        stream.logCounter(lines.sum());
        if (!isAsked) {
            lines.increment(); // HAProxy does not count what rules write
        }
        for (LogRoutes.Route route : routes.of(origin)) {
            write(stream, line, route, level, origin, isEarly);
        }
    }

    private static void write(
            Stream stream, LineWriter line, LogRoutes.Route route, LogLevel level, LogOrigin origin, boolean isEarly) {
        LogRecord record = route.logger().begin(level);
        if (record == null) {
            return;
        }
        line.origin(origin);
        route.text().write(stream, line, record.text, isEarly);
        if (route.structuredData() != null) {
            route.structuredData().write(stream, line, record.structuredData, isEarly);
        }
        if (record.text.length() == 0) {
            route.logger().writer().giveBack(record);
        } else {
            route.logger().writer().submit(record);
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
