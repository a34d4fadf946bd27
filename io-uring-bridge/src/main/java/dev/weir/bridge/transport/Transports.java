package dev.weir.bridge.transport;

import dev.weir.bridge.transport.nio.NioTransport;
import dev.weir.bridge.transport.uring.UringTransport;

/** Chooses the way into the kernel: io_uring where it is to be had, else NIO, and says why. */
public final class Transports {
    private Transports() {}

    /** Which transport to take. */
    public enum Choice {
        /** io_uring if the kernel lets us, else NIO. */
        BEST,
        URING,
        NIO
    }

    /** @throws TransportException if the transport that was asked for cannot be had; BEST never throws for lack of io_uring */
    public static Transport open(Choice choice, TransportOptions options) throws TransportException {
        return switch (choice) {
            case URING -> new UringTransport(options);
            case NIO -> new NioTransport(options, "asked for");
            case BEST -> {
                try {
                    yield new UringTransport(options);
                } catch (TransportException e) {
                    options.log.accept(
                            "NOTICE io_uring is not available (" + e.getMessage() + "): using the NIO transport");
                    yield new NioTransport(options, e.getMessage());
                }
            }
        };
    }
}
