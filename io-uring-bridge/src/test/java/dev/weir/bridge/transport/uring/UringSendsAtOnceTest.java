package dev.weir.bridge.transport.uring;

import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportContract;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import org.junit.jupiter.api.condition.DisabledIf;

/** The contract with sends that do not wait for the kernel entry, as those of few connections on a shared CPU. */
@DisabledIf(value = "dev.weir.bridge.transport.uring.UringTransportTest#isMissing", disabledReason = "no io_uring here")
class UringSendsAtOnceTest extends TransportContract {
    @Override
    protected int blocksOfABlockedRelay() {
        return 16;
    }

    @Override
    protected Transport open(TransportOptions options) throws TransportException {
        options.sendsAllAtOnce = true;
        options.courtesy = true;
        return new UringTransport(options);
    }
}
