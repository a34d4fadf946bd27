package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.ring.RingForm;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.loop.AbstractEventLoop;
import java.util.List;

/** Event loops on io_uring. Any thread. */
public final class UringTransport implements Transport {
    private final UringEventLoop[] loops;

    /** @throws TransportException when this machine, kernel or container has no io_uring that will do, or the JDK no hook */
    public UringTransport(TransportOptions options) throws TransportException {
        this(options, RingForm.BEST_FIRST);
    }

    /** For tests: as on a kernel that refuses the forms that are left out. */
    UringTransport(TransportOptions options, List<RingForm> forms) throws TransportException {
        if (Kernel.refusal() != null) {
            throw new TransportException(Kernel.refusal(), 0);
        }
        loops = new UringEventLoop[options.loops];
        try {
            for (int i = 0; i < loops.length; i++) {
                loops[i] = new UringEventLoop(i, options, new ConnectionIds(i, loops.length), forms);
                if (loops[i].schedulerRefusal() != null) {
                    throw new TransportException(loops[i].schedulerRefusal(), 0);
                }
            }
        } catch (TransportException e) {
            abandon();
            throw e;
        }
        for (UringEventLoop loop : loops) {
            loop.start();
        }
    }

    private void abandon() {
        for (UringEventLoop loop : loops) {
            if (loop != null) {
                loop.onEnd();
            }
        }
    }

    @Override
    public String description() {
        return loops[0].ringDescription();
    }

    @Override
    public int loopCount() {
        return loops.length;
    }

    @Override
    public EventLoop loop(int index) {
        return loops[index];
    }

    @Override
    public void close() {
        AbstractEventLoop.stopAll(loops);
    }
}
