package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.ProcessorTurn;
import dev.weir.bridge.ring.Ring;
import dev.weir.bridge.transport.TransportException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How other threads end a loop's wait: an eventfd that the ring always reads. One write is enough until the loop has seen it.
 * Thread: the loop's, but for {@link #ring}.
 */
final class WakeUp {
    private static final int EFD_CLOEXEC_NONBLOCK = 0x80000 | 0x800;

    private final Kernel kernel;
    /** Other threads' calls; each such object serves one thread at a time: the one that set {@link #isWriting}. */
    private final Kernel ringerKernel = new Kernel();

    /** No monitor: those who ring are other loops and their virtual threads. Held for a write that never waits. */
    private final AtomicBoolean isWriting = new AtomicBoolean();

    private final AtomicBoolean isRinging = new AtomicBoolean();
    private final Ring ring;
    private final LoopMemory memory;
    private final int fd;

    WakeUp(Kernel kernel, Ring ring, LoopMemory memory) throws TransportException {
        this.kernel = kernel;
        this.ring = ring;
        this.memory = memory;
        fd = kernel.eventfd(0, EFD_CLOEXEC_NONBLOCK);
        if (fd < 0) {
            throw new TransportException("eventfd: " + Errno.text(-fd), -fd);
        }
    }

    /** Listens. */
    void arm() {
        ring.next().read(fd, memory.wakeCell(), 8, UserData.of(UserData.WAKE, 0, 0));
    }

    /** From any thread. */
    void ring() {
        if (isRinging.compareAndSet(false, true)) {
            while (!isWriting.compareAndSet(false, true)) {
                ProcessorTurn.giveAway();
            }
            ringerKernel.write(fd, memory.oneCell(), 8);
            isWriting.set(false);
        }
    }

    /** Listens again. */
    void onRing() {
        isRinging.set(false);
        arm();
    }

    void close() {
        kernel.close(fd);
    }
}
