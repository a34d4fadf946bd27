package dev.weir.cli.metric;

import dev.weir.cli.RuntimeControl;
import java.util.function.Function;

/**
 * One metric of the process.
 *
 * @param name behind {@code haproxy_process_}
 * @param label that carries a text, or null for a number
 * @param isCounter whether it only grows
 * @param value the number, or the label's text, which is not exported where it is empty
 */
record ProcessMetric(
        String name, String label, boolean isCounter, String description, Function<RuntimeControl, String> value) {}
