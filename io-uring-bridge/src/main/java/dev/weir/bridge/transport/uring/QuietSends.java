package dev.weir.bridge.transport.uring;

import java.util.Arrays;

/**
 * Sends that complete only when they fail. A relay's send may not wait in the kernel (MSG_DONTWAIT), so that it is over when the
 * kernel entry that submits it returns from submitting; asking for no completion on success (CQE_SKIP_SUCCESS) lets the same
 * entry wait for the next event instead of waking for a send of its own. What has not failed by the end of the turn has
 * succeeded. Thread: the loop's.
 */
final class QuietSends {
    /** So large that it hardly ever grows, as that of {@link Writers}. */
    private static final int CAPACITY = 1024;

    private final UringEventLoop loop;
    private RingSocket[] queued = new RingSocket[CAPACITY];
    private RingSocket[] entered = new RingSocket[CAPACITY];
    private int queuedCount;
    private int enteredCount;
    private int batch;

    QuietSends(UringEventLoop loop) {
        this.loop = loop;
    }

    /** Returns the batch of sends that the next kernel entry submits, to which this one belongs. */
    int add(RingSocket socket) {
        if (queuedCount == queued.length) {
            queued = Arrays.copyOf(queued, queuedCount * 2);
        }
        queued[queuedCount++] = socket;
        return batch;
    }

    /** Whether a send waits for the next kernel entry. */
    boolean isQueued() {
        return queuedCount > 0;
    }

    /** The kernel has taken all that was queued; what is added from now on belongs to the next batch. */
    void onEntered() {
        RingSocket[] free = entered;
        entered = queued;
        enteredCount = queuedCount;
        queued = free;
        queuedCount = 0;
        batch++;
    }

    /** After the completions of the entry, among them all failures, were handed out. */
    void complete() {
        int count = enteredCount;
        enteredCount = 0;
        for (int i = 0; i < count; i++) {
            RingSocket socket = entered[i];
            entered[i] = null;
            loop.onSentQuietly(socket, batch - 1);
        }
    }
}
