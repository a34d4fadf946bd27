package dev.weir.stream;

/** A frontend with settable figures, for tests. */
public final class FakeFrontend implements FrontendView, ListenerView {
    public CapturePlan capturePlan = CapturePlan.NOTHING;
    public String name;
    public String defaultBackend = "be";
    public int connections = 1;

    public FakeFrontend(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int id() {
        return 2;
    }

    @Override
    public String mode() {
        return "tcp";
    }

    @Override
    public int connections() {
        return connections;
    }

    @Override
    public boolean isTls() {
        return false;
    }

    @Override
    public int sessionRate() {
        return 0;
    }

    @Override
    public int requestRate() {
        return 0;
    }

    @Override
    public long clientTimeoutMs() {
        return 2000;
    }

    @Override
    public String defaultBackendName() {
        return defaultBackend;
    }

    @Override
    public CapturePlan capturePlan() {
        return capturePlan;
    }
}
