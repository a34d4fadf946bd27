package dev.weir.bridge.transport.uring;

import dev.weir.bridge.ring.RingForm;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportContract;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import org.junit.jupiter.api.condition.DisabledIf;

/** The contract on the oldest form of ring: without deferred completions, and so without quiet sends. */
@DisabledIf(value = "dev.weir.bridge.transport.uring.UringTransportTest#isMissing", disabledReason = "no io_uring here")
class UringOfOldKernelsTest extends TransportContract {
    /** Until the cancel is in, a multishot receive goes on as long as the kernel is offered blocks. */
    @Override
    protected int blocksOfABlockedRelay() {
        return 256 + 8;
    }

    @Override
    protected Transport open(TransportOptions options) throws TransportException {
        return new UringTransport(options, RingForm.BEST_FIRST.subList(3, 4));
    }
}
