package dev.weir.proxy;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.stream.Awaited;
import dev.weir.stream.Stream;
import java.util.function.BooleanSupplier;

/** Waiting for what a rule needs before the next one. */
public final class RuleWait {
    private RuleWait() {}

    /**
     * Parks the calling virtual thread of the loop until what the stream awaits is over, and has it take effect.
     *
     * @param isKilled asked whenever the session is unparked
     * @return false if the session was killed first
     */
    public static boolean run(EventLoop loop, Stream stream, BooleanSupplier isKilled) {
        Awaited awaited = stream.pause().awaited();
        Thread session = Thread.currentThread();
        awaited.begin(() -> loop.unpark(session));
        while (!awaited.isOver()) {
            if (isKilled.getAsBoolean()) {
                awaited.abandon();
                return false;
            }
            loop.park();
        }
        awaited.finish(stream);
        return true;
    }
}
