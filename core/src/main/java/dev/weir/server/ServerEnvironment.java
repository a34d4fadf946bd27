package dev.weir.server;

import dev.weir.clock.Clock;

/**
 * What pools need of the process. Immutable.
 *
 * @param loopCount how many loops write counters
 */
public record ServerEnvironment(Clock clock, Timers timers, HealthEvents events, int loopCount) {}
