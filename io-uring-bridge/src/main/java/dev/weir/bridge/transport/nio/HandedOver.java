package dev.weir.bridge.transport.nio;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A step that another thread hands to a loop and waits for. */
final class HandedOver implements Runnable {
    /** How often the waiting thread looks whether the loop still lives. */
    private static final long LOOK_MS = 50;

    private final NioEventLoop.Step step;
    private final CountDownLatch done = new CountDownLatch(1);
    private IOException failure;
    /** Of ours, which the loop says. */
    private boolean isFaulty = true;

    HandedOver(NioEventLoop.Step step) {
        this.step = step;
    }

    @Override
    public void run() {
        try {
            step.run();
            isFaulty = false;
        } catch (IOException e) {
            failure = e;
        } finally {
            done.countDown();
        }
    }

    /** Blocks until the step has run; what it threw is thrown here. */
    void await(BooleanSupplier loopHasEnded) throws IOException {
        boolean interrupted = false;
        boolean ran = false;
        while (!ran && !loopHasEnded.getAsBoolean()) {
            try {
                ran = done.await(LOOK_MS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (done.getCount() > 0) {
            throw new IOException("the loop has ended");
        }
        if (failure != null) {
            throw failure;
        }
        if (isFaulty) {
            throw new IOException("an internal error, see the log");
        }
    }
}
