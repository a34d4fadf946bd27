package dev.weir.cli;

/** What one connection to the runtime API has been told so far. Thread: the connection's and its command's, in turn. */
public final class CliState {
    private final String socket;
    private boolean isMaster;
    private final boolean exposesListeners;
    /** On a master's socket: {@code @1} or {@code @!<pid>} stood alone. */
    private boolean isAtWorker;

    /** On a master's socket: {@code mcli-debug-mode}. */
    private boolean isDebugging;

    private Level level;
    private boolean expectsAnotherLine;
    private boolean isInteractive;
    private boolean hasPrompt;
    private boolean hasTimedPrompt;
    private boolean isExperimental;
    private boolean isExpert;
    private long idleMs;
    private boolean isOver;
    private SeverityOutput severityOutput;
    private Anonymity anonymity = Anonymity.OFF;

    /** How messages of commands begin: {@code set severity-output}. */
    public enum SeverityOutput {
        NONE,
        NUMBER,
        STRING;

        /** Null if there is no such form. */
        public static SeverityOutput of(String text) {
            return switch (text) {
                case "none" -> NONE;
                case "number" -> NUMBER;
                case "string" -> STRING;
                default -> null;
            };
        }
    }

    CliState(CliSettings.Socket socket, long idleMs) {
        this.socket = socket.text();
        this.isMaster = socket.isMaster();
        this.exposesListeners = socket.exposesListeners();
        this.severityOutput = socket.severityOutput();
        this.level = socket.level();
        this.idleMs = idleMs;
    }

    /** The address that it came in by, as configured. */
    public String socket() {
        return socket;
    }

    /** Whether it came in by {@code -S}. */
    boolean isMaster() {
        return isMaster;
    }

    /** {@code @@<pid>}: from now on it is a connection of the worker's. */
    void leaveMaster() {
        isMaster = false;
    }

    /** What came asked for nothing yet. */
    void expectAnotherLine() {
        expectsAnotherLine = true;
    }

    /** Whether a line may follow; asked once a line. */
    boolean mayGoOn() {
        boolean mayGoOn = (isInteractive || expectsAnotherLine) && !isOver;
        expectsAnotherLine = false;
        return mayGoOn;
    }

    /** Whether a new process may take the listening sockets here. */
    boolean exposesListeners() {
        return exposesListeners;
    }

    /** Whether commands without a prefix are the worker's. */
    boolean isAtWorker() {
        return isAtWorker;
    }

    void atWorker(boolean isAtWorker) {
        this.isAtWorker = isAtWorker;
    }

    /** Whether a master takes its worker's commands, too. */
    boolean isDebugging() {
        return isDebugging;
    }

    public void debugging(boolean isDebugging) {
        this.isDebugging = isDebugging;
    }

    /** As a master's prompt shows it: {@code (xed)} for expert, experimental and debug mode. */
    String modes() {
        String modes = (isExpert ? "x" : "") + (isExperimental ? "e" : "") + (isDebugging ? "d" : "");
        return modes.isEmpty() ? "" : "(" + modes + ")";
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

    /** {@code prompt timed}: the prompt tells the date. */
    public boolean hasTimedPrompt() {
        return hasTimedPrompt;
    }

    public void timedPrompt(boolean hasTimedPrompt) {
        this.hasTimedPrompt = hasTimedPrompt;
    }

    public boolean isExpert() {
        return isExpert;
    }

    public void expert(boolean isExpert) {
        this.isExpert = isExpert;
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

    public SeverityOutput severityOutput() {
        return severityOutput;
    }

    public void severityOutput(SeverityOutput severityOutput) {
        this.severityOutput = severityOutput;
    }

    public Anonymity anonymity() {
        return anonymity;
    }

    public void anonymity(Anonymity anonymity) {
        this.anonymity = anonymity;
    }

    public boolean isOver() {
        return isOver;
    }

    /** {@code quit}. */
    public void end() {
        isOver = true;
    }
}
