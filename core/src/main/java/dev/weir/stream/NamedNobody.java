package dev.weir.stream;

/** The frontend of what no client asked for, such as a health check: it has a name and nothing else. */
public record NamedNobody(String name) implements FrontendView {
    @Override
    public String mode() {
        return "tcp";
    }

    @Override
    public int id() {
        return 0;
    }

    @Override
    public int connections() {
        return 0;
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
        return 0;
    }

    @Override
    public String defaultBackendName() {
        return null;
    }
}
