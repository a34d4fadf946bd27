package dev.weir.proxy;

import dev.weir.listen.AdmissionGate;
import dev.weir.protocol.http1.LastBadMessage;
import dev.weir.stats.Counters;
import dev.weir.stats.EventRate;
import dev.weir.stats.Latencies;

/** What a frontend keeps over reloads, found again by its name. Any thread. */
public final class FrontendState {
    private final AdmissionGate gate = new AdmissionGate(0);
    private final Counters counters;
    private final Latencies latencies;
    private final EventRate connectionRate;
    private final EventRate sessionRate;
    private final EventRate requestRate;
    private final LastBadMessage badRequest = new LastBadMessage();
    private volatile boolean isDisabled;
    private volatile boolean isShutDown;

    public FrontendState(int loopCount) {
        counters = new Counters(loopCount);
        latencies = new Latencies(loopCount);
        connectionRate = new EventRate(loopCount);
        sessionRate = new EventRate(loopCount);
        requestRate = new EventRate(loopCount);
    }

    /** {@code maxconn} of the frontend. */
    public AdmissionGate gate() {
        return gate;
    }

    /** {@code disable frontend}: it takes no connections for now. */
    public boolean isDisabled() {
        return isDisabled;
    }

    void disabled(boolean isDisabled) {
        this.isDisabled = isDisabled;
    }

    /** {@code shutdown frontend}: its sockets are closed until a reload. */
    public boolean isShutDown() {
        return isShutDown;
    }

    void shutDown(boolean isShutDown) {
        this.isShutDown = isShutDown;
    }

    /** The last request that could not be read. */
    public LastBadMessage badRequest() {
        return badRequest;
    }

    public Counters counters() {
        return counters;
    }

    /** What its exchanges take. */
    public Latencies latencies() {
        return latencies;
    }

    public EventRate connectionRate() {
        return connectionRate;
    }

    public EventRate sessionRate() {
        return sessionRate;
    }

    /** HTTP requests. */
    public EventRate requestRate() {
        return requestRate;
    }
}
