package dev.weir.sample;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The offset of the machine's time zone. The answer is kept together with the span of time in which it holds, so asking
 * allocates only when a clock change lies between two questions. Any thread.
 */
public final class LocalZone {
    private static final ZoneRules RULES = ZoneId.systemDefault().getRules();
    private static volatile Span span = new Span(0, -1, 0);

    private LocalZone() {}

    /** Seconds east of Greenwich at that moment. */
    public static int offsetSeconds(long epochSeconds) {
        Span current = span;
        if (epochSeconds < current.first || epochSeconds > current.last) {
            current = spanAround(epochSeconds);
            span = current;
        }
        return current.offsetSeconds;
    }

    private static Span spanAround(long epochSeconds) {
        Instant moment = Instant.ofEpochSecond(epochSeconds);
        ZoneOffsetTransition next = RULES.nextTransition(moment);
        ZoneOffsetTransition previous = RULES.previousTransition(moment.plusSeconds(1));
        return new Span(
                previous == null ? Long.MIN_VALUE : previous.toEpochSecond(),
                next == null ? Long.MAX_VALUE : next.toEpochSecond() - 1,
                RULES.getOffset(moment).getTotalSeconds());
    }

    private record Span(long first, long last, int offsetSeconds) {}
}
