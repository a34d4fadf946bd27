package dev.weir.cli;

/** What one connection to the runtime API has been told so far. Thread: the connection's and its command's, in turn. */
public final class CliState {
    private final String socket;
    private Level level;
    private boolean isInteractive;
    private boolean hasPrompt;
    private boolean isExperimental;
    private long idleMs;
    private boolean isOver;

    CliState(String socket, Level level, long idleMs) {
        this.socket = socket;
        this.level = level;
        this.idleMs = idleMs;
    }

    /** The address that it came in by, as configured. */
    public String socket() {
        return socket;
    }

    public Level level() {
        return level;
    }

    /** Only ever less. */
    public void lower(Level to) {
        if (to.compareTo(level) < 0) {
            level = to;
        }
    }

    public boolean isInteractive() {
        return isInteractive;
    }

    public void interactive(boolean isInteractive) {
        this.isInteractive = isInteractive;
    }

    public boolean hasPrompt() {
        return hasPrompt;
    }

    public void prompt(boolean hasPrompt) {
        this.hasPrompt = hasPrompt;
    }

    public boolean isExperimental() {
        return isExperimental;
    }

    public void experimental(boolean isExperimental) {
        this.isExperimental = isExperimental;
    }

    public long idleMs() {
        return idleMs;
    }

    public void idleMs(long idleMs) {
        this.idleMs = idleMs;
    }

    public boolean isOver() {
        return isOver;
    }

    /** {@code quit}. */
    public void end() {
        isOver = true;
    }
}
