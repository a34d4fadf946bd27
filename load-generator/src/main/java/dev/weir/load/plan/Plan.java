package dev.weir.load.plan;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.Transports;
import java.util.ArrayList;
import java.util.List;

/** A whole run. Filled once, then only read. */
public final class Plan {
    /** As the user wrote it, for reports. */
    public String title = "";

    public List<Target> targets = new ArrayList<>();
    public int connections = 10;
    public int loops = 1;
    /** For each loop its CPUs as a bit mask, or null. */
    public long[] cpuMasks;
    /** Measured time; {@link Long#MAX_VALUE} if only a count ends the run. */
    public long durationNs = 10_000_000_000L;
    /** Measured requests; {@link Long#MAX_VALUE} if only time ends the run. */
    public long requests = Long.MAX_VALUE;

    public long warmupNs;
    /** Null is a closed loop. Begins where measuring begins. */
    public RateProfile rate;

    public Arrivals arrivals = Arrivals.UNIFORM;
    public long seed = 1;
    public boolean keepAlive = true;
    /** After so many requests a connection is replaced; {@link Long#MAX_VALUE} never. */
    public long requestsPerConnection = Long.MAX_VALUE;
    /** After so much time a connection is replaced; {@link Long#MAX_VALUE} never. */
    public long connectionLifeNs = Long.MAX_VALUE;

    public Closing closing = Closing.SERVER;
    public int pipeline = 1;
    public long timeoutNs = 2_000_000_000L;
    public long connectTimeoutNs = 2_000_000_000L;
    public long thinkMinNs;
    public long thinkMaxNs;
    public List<Endpoint.Inet> sources = new ArrayList<>();
    /** Looks for events for so long before sleeping. */
    public long spinNs;

    public Transports.Choice transport = Transports.Choice.BEST;
    public List<Threshold> thresholds = new ArrayList<>();
    public boolean abortOnFail;

    public boolean isOpenLoop() {
        return rate != null;
    }

    /** Whether a connection serves one request only. */
    public boolean isConnectionPerRequest() {
        return !keepAlive || requestsPerConnection == 1;
    }

    public boolean endsByCount() {
        return requests != Long.MAX_VALUE;
    }

    /** For progress: when all is measured, from the start of the warm-up; {@link Long#MAX_VALUE} if unknown. */
    public long wholeNs() {
        return durationNs == Long.MAX_VALUE ? Long.MAX_VALUE : warmupNs + durationNs;
    }
}
