package dev.weir.load.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * How many requests are wanted per second over the time of a run: a sequence of steps and ramps. It answers when the n-th request
 * is due, so that send times are exact and never drift, whatever has happened before.
 */
public final class RateProfile {
    private static final double NS_PER_SECOND = 1e9;

    /**
     * One step (from equals to) or ramp.
     *
     * @param from requests per second at its start
     * @param to requests per second at its end
     * @param durationNs how long; {@link Long#MAX_VALUE} for the rest of the run
     */
    public record Segment(double from, double to, long durationNs) {
        /** How many requests fall into it. */
        double count() {
            if (durationNs == Long.MAX_VALUE) {
                return from > 0 ? Double.POSITIVE_INFINITY : 0;
            }
            return (from + to) / 2 * (durationNs / NS_PER_SECOND);
        }

        /** Nanoseconds from its start until so many requests were due; the stable form of the root of a quadratic. */
        double timeNs(double count) {
            if (from == to) {
                return count / from * NS_PER_SECOND;
            }
            double slope = (to - from) / (durationNs / NS_PER_SECOND);
            double root = Math.sqrt(Math.max(0, from * from + 2 * slope * count));
            return 2 * count / (from + root) * NS_PER_SECOND;
        }

        double rateAt(long ns) {
            return from == to ? from : from + (to - from) * ((double) ns / durationNs);
        }
    }

    private final Segment[] segments;
    private final double[] countBefore;
    private final long[] startNs;

    public RateProfile(List<Segment> segments) {
        this.segments = segments.toArray(Segment[]::new);
        countBefore = new double[this.segments.length + 1];
        startNs = new long[this.segments.length + 1];
        for (int i = 0; i < this.segments.length; i++) {
            countBefore[i + 1] = countBefore[i] + this.segments[i].count();
            startNs[i + 1] = saturatedSum(startNs[i], this.segments[i].durationNs());
        }
        if (!(countBefore[this.segments.length] > 0)) {
            throw new PlanException("a rate of 0 sends nothing");
        }
    }

    private static long saturatedSum(long a, long b) {
        return b == Long.MAX_VALUE ? Long.MAX_VALUE : a + b;
    }

    public static RateProfile constant(double perSecond) {
        return new RateProfile(List.of(new Segment(perSecond, perSecond, Long.MAX_VALUE)));
    }

    /**
     * {@code 1000}; {@code 100..5000} (a ramp over the whole run); {@code 1000@10s,2000@20s,2000..0@5s} (steps and ramps, one
     * after the other). Without a time of its own the last part lasts for the rest of the run.
     *
     * @param durationNs of the run, -1 if it is not given: then every part needs its time
     */
    public static RateProfile parse(String text, long durationNs) {
        List<Segment> parts = new ArrayList<>();
        String[] words = text.split(",", -1);
        long usedNs = 0;
        for (int i = 0; i < words.length; i++) {
            boolean isLast = i == words.length - 1;
            parts.add(segment(words[i], isLast, durationNs < 0 ? -1 : durationNs - usedNs));
            usedNs = saturatedSum(usedNs, parts.getLast().durationNs());
        }
        return new RateProfile(parts);
    }

    private static Segment segment(String text, boolean isLast, long leftNs) {
        int at = text.indexOf('@');
        String rates = at < 0 ? text : text.substring(0, at);
        int dots = rates.indexOf("..");
        double from = Amounts.count(dots < 0 ? rates : rates.substring(0, dots));
        double to = dots < 0 ? from : Amounts.count(rates.substring(dots + 2));
        if (at >= 0) {
            return new Segment(from, to, positive(Amounts.timeNs(text.substring(at + 1)), text));
        }
        if (!isLast) {
            throw new PlanException("'" + text + "' needs a time, such as " + text
                    + "@10s: only the last part of a rate may do without");
        }
        if (from == to) {
            return new Segment(from, to, Long.MAX_VALUE);
        }
        if (leftNs < 0) {
            throw new PlanException(
                    "'" + text + "' needs a time, such as " + text + "@10s, or a duration of the run (-d)");
        }
        return new Segment(from, to, positive(leftNs, text));
    }

    private static long positive(long ns, String text) {
        if (ns <= 0) {
            throw new PlanException("no time is left for '" + text + "'");
        }
        return ns;
    }

    /** How long all parts last; {@link Long#MAX_VALUE} if the last one has no end. */
    public long durationNs() {
        return startNs[segments.length];
    }

    /** The same after a time of its own first rate, for the warm-up. */
    public RateProfile after(long warmupNs) {
        if (warmupNs == 0) {
            return this;
        }
        Segment first = segments[0];
        double rate = first.from() > 0 ? first.from() : (first.from() + first.to()) / 2;
        List<Segment> all = new ArrayList<>(List.of(segments));
        all.addFirst(new Segment(rate, rate, warmupNs));
        return new RateProfile(all);
    }

    /** When, in nanoseconds from the start, the request is due before which so many were; {@link Long#MAX_VALUE} if it never is. */
    public long timeNs(double count) {
        for (int i = 0; i < segments.length; i++) {
            if (count < countBefore[i + 1]) {
                return startNs[i] + (long) segments[i].timeNs(count - countBefore[i]);
            }
        }
        return Long.MAX_VALUE;
    }

    /** Requests per second wanted at a time from the start. */
    public double rateAt(long ns) {
        for (int i = 0; i < segments.length; i++) {
            if (ns < startNs[i + 1]) {
                return segments[i].rateAt(ns - startNs[i]);
            }
        }
        return 0;
    }

    /** How many requests are due in a time from the start. */
    public double countIn(long ns) {
        double count = 0;
        for (int i = 0; i < segments.length && startNs[i] < ns; i++) {
            long partNs = Math.min(ns, startNs[i + 1]) - startNs[i];
            count += (segments[i].from() + segments[i].rateAt(partNs)) / 2 * (partNs / NS_PER_SECOND);
        }
        return count;
    }
}
