package dev.weir.load.plan;

/** How the requests of an open loop lie in time. */
public enum Arrivals {
    /** Evenly spaced, as wrk2 does it. */
    UNIFORM,
    /** At random (exponential gaps), as independent users come. */
    POISSON
}
