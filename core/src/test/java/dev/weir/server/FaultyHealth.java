package dev.weir.server;

/** Keeps a server up, and throws at what traffic says of it, as a fault in the program would. */
public final class FaultyHealth implements ServerHealth {
    private FaultyHealth() {}

    /** Whoever has just connected to the server is in the middle of it. */
    public static ServerHealth throwingWhenConnected() {
        return new FaultyHealth();
    }

    @Override
    public void observed(Observation observation) {
        if (observation == Observation.CONNECTED) {
            throw new IllegalStateException("injected");
        }
    }

    @Override
    public int value() {
        return 1;
    }

    @Override
    public int rise() {
        return 1;
    }

    @Override
    public int fall() {
        return 1;
    }

    @Override
    public void resume() {}

    @Override
    public boolean isEnabled() {
        return true;
    }

    @Override
    public void enable(boolean isEnabled) {}

    @Override
    public ProbeTarget target() {
        return null;
    }

    @Override
    public void target(ProbeTarget target) {}
}
