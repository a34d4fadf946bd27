package dev.weir.cli.stat;

import dev.weir.bridge.transport.LoopFigures;
import dev.weir.cli.RuntimeControl;
import dev.weir.proxy.ProxyProcess;
import java.math.BigDecimal;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Where the figures of {@code show info} come from. No state; any thread. */
public final class InfoValues {
    static final long SECOND_MICROS = 1_000_000;

    private static final long MICRO_NS = 1_000;
    private static final int MICRO_DIGITS = 6;
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    private static final long DAY = 86_400;

    private InfoValues() {}

    static long now(RuntimeControl control) {
        return control.process().clock().nanoTime();
    }

    static long uptimeSeconds(RuntimeControl control) {
        return uptimeMicros(control) / SECOND_MICROS;
    }

    static long uptimeMicros(RuntimeControl control) {
        return (now(control) - control.process().startNs()) / MICRO_NS;
    }

    /** When the process began, since 1970. */
    static long startMicros(RuntimeControl control) {
        return control.process().clock().epochMicros() - uptimeMicros(control);
    }

    /** {@code 0d 0h00m04s}. */
    static String span(long seconds) {
        return String.format(
                "%dd %dh%02dm%02ds", seconds / DAY, seconds % DAY / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE);
    }

    /** As HAProxy writes a number with a fraction: no zeros at its end. */
    static String seconds(long micros) {
        return BigDecimal.valueOf(micros, MICRO_DIGITS).stripTrailingZeros().toPlainString();
    }

    static long sum(RuntimeControl control, ToLongFunction<LoopFigures> figure) {
        return IntStream.range(0, control.proxy().loopCount())
                .mapToObj(control.proxy()::figuresAtAGlance)
                .mapToLong(figure)
                .sum();
    }

    static long tasks(RuntimeControl control) {
        return sum(control, (LoopFigures loop) -> loop.virtualThreads() + loop.timersPending());
    }

    /** To clients, and to servers. */
    public static long bytesOut(ProxyProcess process) {
        return process.totals().bytesOut() + process.pools().bytesToServers();
    }

    static long openFrontends(RuntimeControl control) {
        return control.process().frontends().values().stream()
                .filter(frontend -> !frontend.state().isDisabled())
                .count();
    }
}
