package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.loop.AbstractEventLoop;
import java.io.IOException;

/** Event loops on java.nio selectors: for every system that has no io_uring to offer. */
public final class NioTransport implements Transport {
    private final NioEventLoop[] loops;
    private final String description;

    /**
     * Starts the loops.
     *
     * @param reason why not io_uring, for {@link #description()}
     * @throws TransportException when the process has no descriptor left for a selector
     */
    public NioTransport(TransportOptions options, String reason) throws TransportException {
        loops = new NioEventLoop[options.loops];
        for (int i = 0; i < loops.length; i++) {
            loops[i] = open(i, options);
        }
        for (NioEventLoop loop : loops) {
            loop.start();
        }
        String refusal = loops[0].schedulerRefusal();
        description =
                "nio (" + reason + ")" + (refusal == null ? "" : ", virtual threads beside the loops: " + refusal);
    }

    private NioEventLoop open(int index, TransportOptions options) throws TransportException {
        try {
            return new NioEventLoop(index, options);
        } catch (IOException e) {
            for (int i = 0; i < index; i++) {
                loops[i].onEnd();
            }
            throw new TransportException("cannot open a selector: " + e.getMessage(), e);
        }
    }

    @Override
    public String description() {
        return description;
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
