package dev.weir.load.origin;

import dev.weir.bridge.transport.Transports;

/** How to start an origin. Filled once, then only read. */
public final class OriginOptions {
    /** Loops; every address is listened on by each. */
    public int loops = 1;

    public long[] cpuMasks;
    public Transports.Choice transport = Transports.Choice.BEST;
    /** Status of HTTP answers. */
    public int status = 200;
    /** Bytes of an HTTP body whose path names no size. */
    public int bodyBytes = 13;

    public Delays delays = Delays.none();
    public Stall stall = Stall.NEVER;
}
