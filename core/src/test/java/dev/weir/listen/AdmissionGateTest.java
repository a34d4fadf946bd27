package dev.weir.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.SocketName;
import org.junit.jupiter.api.Test;

class AdmissionGateTest {
    private final FakeListener listener = new FakeListener();
    private final HeldListener held = started(listener);

    private static HeldListener started(Listener listener) {
        HeldListener held = new HeldListener(listener);
        held.start();
        return held;
    }

    /** Remembers whether it takes connections. */
    private static final class FakeListener implements Listener {
        private boolean isPaused;

        @Override
        public SocketName name() {
            return new SocketName();
        }

        @Override
        public void pause() {
            isPaused = true;
        }

        @Override
        public void resume() {
            isPaused = false;
        }

        @Override
        public boolean isGone() {
            return false;
        }

        @Override
        public int share() {
            return -1;
        }

        @Override
        public void close() {}
    }

    @Test
    void shouldPauseTheListenerWhenTheLastPlaceIsTakenAndResumeWhenOneIsFree() {
        var gate = new AdmissionGate(2);
        gate.guard(held);

        gate.enter(null);
        assertFalse(listener.isPaused);
        gate.enter(null);
        assertTrue(listener.isPaused);

        gate.leave();
        assertFalse(listener.isPaused);
        assertEquals(1, gate.inside());
        assertEquals(2, gate.highest());
    }

    @Test
    void shouldKeepTheListenerPausedWhileAnyGateIsFull() {
        var frontend = new AdmissionGate(1);
        var process = new AdmissionGate(1);
        frontend.guard(held);
        process.guard(held);

        frontend.enter(null);
        process.enter(null);
        frontend.leave();
        assertTrue(listener.isPaused);

        process.leave();
        assertFalse(listener.isPaused);
    }

    @Test
    void shouldFollowAChangedLimit() {
        var gate = new AdmissionGate(1);
        gate.guard(held);
        gate.enter(null);

        gate.limit(2);
        assertFalse(listener.isPaused);

        gate.limit(1);
        assertTrue(listener.isPaused);
    }

    @Test
    void shouldLetGoOfAListenerThatItForgets() {
        var gate = new AdmissionGate(1);
        gate.guard(held);
        gate.enter(null);

        gate.forget(held);

        assertFalse(listener.isPaused);
    }

    @Test
    void shouldNotLimitWithAZeroLimit() {
        var gate = new AdmissionGate(0);
        gate.guard(held);

        for (int i = 0; i < 1000; i++) {
            gate.enter(null);
        }

        assertFalse(listener.isPaused);
        assertEquals(1000, gate.inside());
    }
}
