package dev.weir.load.run;

import org.HdrHistogram.Histogram;

/**
 * What was counted in some time. One belongs to a loop at a time, or to the thread that it was handed to; times are nanoseconds.
 */
public final class Tally {
    /** Longer times are noted as this. */
    public static final long TIME_NS_MAX = 3_600_000_000_000L;

    /** Shorter differences are not told apart. */
    private static final long TIME_NS_STEP = 64;

    private static final int DIGITS = 3;
    private static final int STATUSES = 1000;

    /** From when a request was due (open loop) or begun (closed loop) until its answer was complete. */
    public final Histogram latency = histogram();
    /** From when it was sent. */
    public final Histogram service = histogram();
    /** How late this program was with requests that had a connection waiting for them. */
    public final Histogram delay = histogram();
    /** How long connecting took. */
    public final Histogram connect = histogram();

    /** Requests answered as expected, those of {@link #afterEnd} left out. */
    public long requests;
    /** Requests due before the end and answered after it. */
    public long afterEnd;
    /** Requests that failed, of whatever kind. */
    public long failed;
    /** Requests that were due and never sent, since no connection was free until the end. */
    public long unsent;

    public long connections;
    public long bytesReceived;
    public long bytesSent;
    private final long[] errors = new long[ErrorKind.values().length];
    private final long[] statuses = new long[STATUSES];

    private static Histogram histogram() {
        return new Histogram(TIME_NS_STEP, TIME_NS_MAX, DIGITS);
    }

    static void record(Histogram histogram, long ns) {
        histogram.recordValue(Math.clamp(ns, 0, TIME_NS_MAX));
    }

    void error(ErrorKind kind) {
        errors[kind.ordinal()]++;
    }

    /** How often something went wrong: connects that failed are among them though no request was lost. */
    public long errors(ErrorKind kind) {
        return errors[kind.ordinal()];
    }

    public long errors(ErrorKind.Group group) {
        long sum = 0;
        for (ErrorKind kind : ErrorKind.values()) {
            sum += kind.group() == group ? errors(kind) : 0;
        }
        return sum;
    }

    public long errorsOfAllKinds() {
        long sum = 0;
        for (long count : errors) {
            sum += count;
        }
        return sum;
    }

    void status(int status) {
        if (status > 0 && status < STATUSES) {
            statuses[status]++;
        }
    }

    public long statuses(int status) {
        return statuses[status];
    }

    /** Requests of which the end is known. */
    public long finished() {
        return requests + afterEnd + failed;
    }

    /** Forgets everything. */
    public void reset() {
        latency.reset();
        service.reset();
        delay.reset();
        connect.reset();
        requests = 0;
        afterEnd = 0;
        failed = 0;
        unsent = 0;
        connections = 0;
        bytesReceived = 0;
        bytesSent = 0;
        java.util.Arrays.fill(errors, 0);
        java.util.Arrays.fill(statuses, 0);
    }

    void add(Tally other) {
        latency.add(other.latency);
        service.add(other.service);
        delay.add(other.delay);
        connect.add(other.connect);
        requests += other.requests;
        afterEnd += other.afterEnd;
        failed += other.failed;
        unsent += other.unsent;
        connections += other.connections;
        bytesReceived += other.bytesReceived;
        bytesSent += other.bytesSent;
        for (int i = 0; i < errors.length; i++) {
            errors[i] += other.errors[i];
        }
        for (int i = 0; i < statuses.length; i++) {
            statuses[i] += other.statuses[i];
        }
    }
}
