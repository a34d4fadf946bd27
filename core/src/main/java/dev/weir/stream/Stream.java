package dev.weir.stream;

/**
 * The facts of one session that rules, expressions and logs may see. The session writes them as it goes; nothing here does
 * I/O except the lazy name lookups of {@link StreamSide}. One object serves many sessions, one after another: {@link #start}
 * wipes it and allocates nothing. Owned by the session's virtual thread.
 */
public final class Stream {
    private static final int STATUS_OF_ERRORS = 500;

    private final StreamSide client = new StreamSide(true);
    private final StreamSide server = new StreamSide(false);
    private final StreamTimes times = new StreamTimes();
    private final StreamTimeouts timeouts = new StreamTimeouts();
    private final StreamCounts counts = new StreamCounts();
    private final InputView request = new InputView();
    private final InputView response = new InputView();
    private final Variables variables = new Variables();
    private final ProxyHeader proxyHeader = new ProxyHeader();
    private final TrackedEntries tracked = new TrackedEntries();
    /** Null until a rule limits one. */
    private Bandwidth bandwidth;
    /** Null until a stick rule wants it. */
    private PendingStores pendingStores;

    private final Captures requestCaptures = new Captures();
    private final Captures responseCaptures = new Captures();
    private final Captures uniqueId = new Captures();
    /** Its format may ask for it: there is none yet. */
    private boolean makesUniqueId;
    /** Null in streams that never were of a {@code mode http} proxy. */
    private HttpExchange http;

    private ProcessView process;
    private FrontendView frontend;
    private ListenerView listener;
    private BackendView backend;
    private ServerView serverView;
    private long id;
    private int threadIndex;
    private Cause cause = Cause.NORMAL;
    private ConnectionError clientError = ConnectionError.NONE;
    private String serviceName;
    private Phase phase = Phase.NORMAL;
    private LogLevel logLevel;
    private boolean isFinalEvaluation;
    private final ServerWishes wishes = new ServerWishes();
    private final RulePause pause = new RulePause();
    private String lastRuleFile;
    private int lastRuleLine;
    private long logCounter;
    private LineReporter reporter = LineReporter.NONE;

    /** Begins a new session: everything of the one before is forgotten; {@code id} is that of the stream that will come. */
    public void start(ProcessView process, FrontendView frontend, ListenerView listener, long id, int threadIndex) {
        clear();
        this.process = process;
        this.frontend = frontend;
        this.listener = listener;
        this.id = id;
        this.threadIndex = threadIndex;
        variables.attach(process.variables(), process.variableLimits());
        timeouts.start(frontend);
    }

    /** Begins another request of the same client connection: what belongs to the connection and to its session stays. */
    public void next(long id) {
        client.forgetChanges();
        variables.clear(Scope.TXN);
        variables.clear(Scope.REQ);
        variables.clear(Scope.RES);
        clearRequest();
        this.id = id;
        timeouts.start(frontend);
    }

    private void clear() {
        assert tracked.isEmpty() : "the session before has not given its entries back";
        client.reset();
        clientError = ConnectionError.NONE;
        variables.clear();
        proxyHeader.reset();
        clearRequest();
    }

    private void clearRequest() {
        assert !isLimited() : "the stream before has not ended its limits";
        server.reset();
        tracked.forgetRequest();
        times.reset();
        counts.reset();
        request.clear();
        response.clear();
        requestCaptures.clear();
        responseCaptures.clear();
        uniqueId.clear();
        if (pendingStores != null) {
            pendingStores.clear();
        }
        if (http != null) {
            http.clear();
        }
        backend = null;
        serverView = null;
        serviceName = null;
        cause = Cause.NORMAL;
        phase = Phase.NORMAL;
        logLevel = null;
        isFinalEvaluation = false;
        wishes.clear();
        pause.await(null);
        lastRuleFile = null;
        lastRuleLine = 0;
        timeouts.clear();
        logCounter = 0;
    }

    /** The process this session runs in. */
    public ProcessView process() {
        return process;
    }

    public FrontendView frontend() {
        return frontend;
    }

    /** Null for streams that no listener accepted, such as health checks. */
    public ListenerView listener() {
        return listener;
    }

    /** Null until one is chosen. */
    public BackendView backend() {
        return backend;
    }

    /** Chooses the backend; its {@code timeout server} and {@code timeout tunnel} hold where no rule has set them. */
    public void backend(BackendView backend) {
        this.backend = backend;
        timeouts.enter(backend);
    }

    /** Null until one is chosen. */
    public ServerView server() {
        return serverView;
    }

    public void server(ServerView server) {
        this.serverView = server;
    }

    /** A number that no other stream of this process has had; before there is a stream, the one that comes next. */
    public long id() {
        return id;
    }

    /** The session has a stream: a client that says nothing has none. */
    public void id(long id) {
        this.id = id;
    }

    /** Position of the event loop that runs the session, from 0. */
    public int threadIndex() {
        return threadIndex;
    }

    public StreamSide clientSide() {
        return client;
    }

    public StreamSide serverSide() {
        return server;
    }

    public StreamTimes times() {
        return times;
    }

    /** How long its sides may be silent. */
    public StreamTimeouts timeouts() {
        return timeouts;
    }

    public StreamCounts counts() {
        return counts;
    }

    /** Received from the client and not yet forwarded. */
    public InputView request() {
        return request;
    }

    /** Received from the server and not yet forwarded. */
    public InputView response() {
        return response;
    }

    public Variables variables() {
        return variables;
    }

    public ProxyHeader proxyHeader() {
        return proxyHeader;
    }

    /** Keys to note with the server that answers. */
    public PendingStores pendingStores() {
        if (pendingStores == null) {
            pendingStores = new PendingStores();
        }
        return pendingStores;
    }

    /** The stick table entries that it counts in. The session gives them back. */
    public TrackedEntries tracked() {
        return tracked;
    }

    /** Slots of {@code capture request header}, {@code declare capture request} and the {@code capture} action. */
    public Captures requestCaptures() {
        return requestCaptures;
    }

    /** Slots of {@code capture response header} and {@code declare capture response}. */
    public Captures responseCaptures() {
        return responseCaptures;
    }

    /**
     * Slot 0 holds the text of {@code unique-id-format}, if the frontend has one. It is made at the first call: by an expression,
     * by the session when the request's rules have been run, or by the log.
     */
    public Captures uniqueId() {
        boolean isUnread = http() != null && !http.wasReceived();
        if (!uniqueId.has(0) && frontend.uniqueIdFormat() != null && !isUnread && !makesUniqueId) {
            makesUniqueId = true;
            frontend.uniqueIdFormat().write(this, uniqueId, 0);
            makesUniqueId = false;
        }
        return uniqueId;
    }

    /** The HTTP request and response of this stream, null where it speaks no HTTP. */
    public HttpExchange http() {
        return http != null && http.isActive() ? http : null;
    }

    /** For the session: the exchange of an HTTP stream, made at the first use of this object. */
    public HttpExchange exchange(int fieldsMax, int bytesMax) {
        if (http == null) {
            http = new HttpExchange(fieldsMax, bytesMax);
        }
        return http;
    }

    /** What log lines call the service of the process that answers, such as {@code <STATS>}; null if none does. */
    public String serviceName() {
        return serviceName;
    }

    public void serviceName(String name) {
        serviceName = name;
    }

    /** Whether it ended badly, or not at once as it should: what {@code option dontlog-normal} still logs. */
    public boolean isUnusual() {
        boolean hasFailed = cause != Cause.NORMAL && cause != Cause.LOCAL;
        boolean hasRetried = cause == Cause.NORMAL && counts.retries > 0;
        boolean isServerError = http != null && http.status() >= STATUS_OF_ERRORS;
        return hasFailed || hasRetried || isServerError || counts.isRedispatched;
    }

    public ConnectionError clientError() {
        return clientError;
    }

    /** Its client's connection will not become a session. */
    public void clientError(ConnectionError error) {
        clientError = error;
    }

    public Cause cause() {
        return cause;
    }

    public Phase phase() {
        return phase;
    }

    /** Says why the session ends; only the first reason counts. */
    public void ended(Cause cause, Phase phase) {
        if (this.cause == Cause.NORMAL && this.phase == Phase.NORMAL) {
            this.cause = cause;
            this.phase = phase;
        }
    }

    /** Null unless {@code set-log-level} chose one. */
    public LogLevel logLevel() {
        return logLevel;
    }

    public void logLevel(LogLevel level) {
        logLevel = level;
    }

    /**
     * Whether rules must decide with what there is: a value that may still change then counts as it is. Set by the rule sets
     * while they run.
     */
    public boolean isFinalEvaluation() {
        return isFinalEvaluation;
    }

    public void finalEvaluation(boolean isFinal) {
        isFinalEvaluation = isFinal;
    }

    /** What rules want of the connection to the server. */
    public ServerWishes wishes() {
        return wishes;
    }

    /** Its bandwidth limits. */
    public Bandwidth bandwidth() {
        if (bandwidth == null) {
            bandwidth = new Bandwidth();
        }
        return bandwidth;
    }

    /** Whether a rule has put a bandwidth limit in force; the session then calls {@link #endLimits}. */
    public boolean isLimited() {
        return bandwidth != null && !bandwidth.isEmpty();
    }

    /** The limits are the next stream's no more. */
    public void endLimits(long nowNs) {
        if (bandwidth != null) {
            bandwidth.end(nowNs);
        }
    }

    /** What a rule left to the session to wait for. */
    public RulePause pause() {
        return pause;
    }

    /** File of the last rule that ended a rule set, or null. */
    public String lastRuleFile() {
        return lastRuleFile;
    }

    public int lastRuleLine() {
        return lastRuleLine;
    }

    public void lastRule(String file, int line) {
        lastRuleFile = file;
        lastRuleLine = line;
    }

    /** Who writes lines about it while it lasts. */
    public LineReporter reporter() {
        return reporter;
    }

    public void reporter(LineReporter session) {
        reporter = session;
    }

    /** Number of this frontend's log line ({@code %lc}); set by who writes it. */
    public long logCounter() {
        return logCounter;
    }

    public void logCounter(long number) {
        logCounter = number;
    }
}
