package dev.weir.stream;

/** A server with settable figures, for tests. */
public final class FakeServer implements ServerView {
    public String name;
    public int id = 1;
    public boolean isUp = true;
    public boolean isBackup;
    public int connections;
    public int connectionsMax;
    public int queued;
    public int queuedMax;
    public int weight = 1;
    public boolean isSticky = true;
    public FakeBackend backend;

    public FakeServer(String name) {
        this.name = name;
    }

    @Override
    public boolean isSticky() {
        return isSticky;
    }

    @Override
    public void pin() {
        // it is never removed
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public BackendView backend() {
        return backend;
    }

    @Override
    public boolean isUp() {
        return isUp;
    }

    @Override
    public int connections() {
        return connections;
    }

    @Override
    public int connectionsMax() {
        return connectionsMax;
    }

    @Override
    public int queuedMax() {
        return queuedMax;
    }

    @Override
    public boolean isBackup() {
        return isBackup;
    }

    @Override
    public int queued() {
        return queued;
    }

    @Override
    public int sessionRate() {
        return 0;
    }

    @Override
    public int initialWeight() {
        return weight;
    }

    @Override
    public int userWeight() {
        return weight;
    }

    @Override
    public int effectiveWeight() {
        return weight;
    }
}
