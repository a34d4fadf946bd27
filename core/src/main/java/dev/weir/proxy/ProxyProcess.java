package dev.weir.proxy;

import dev.weir.clock.Clock;
import dev.weir.listen.AdmissionGate;
import dev.weir.server.ServerPools;
import dev.weir.stats.EventRate;
import dev.weir.stats.RateLimit;
import dev.weir.stream.BackendView;
import dev.weir.stream.FrontendView;
import dev.weir.stream.ProcessVariables;
import dev.weir.stream.ProcessView;
import dev.weir.stream.VariableLimits;
import java.util.List;
import java.util.Map;

/** What all sessions of the process share, over all configurations it has had. Any thread. */
public final class ProxyProcess implements ProcessView {
    private final Clock clock;
    private final int threadCount;
    private final long startNs;
    private final int pid = (int) ProcessHandle.current().pid();
    private final String machineName;
    private final ProcessVariables variables = new ProcessVariables();
    /** What the configuration in force has set of them. */
    private ProcessVariables declaredVariables = new ProcessVariables();

    private volatile VariableLimits variableLimits = VariableLimits.NONE;
    private final AdmissionGate gate = new AdmissionGate(0);
    private final EventRate connectionRate;
    private final EventRate sessionRate;
    private volatile RateLimit connectionRateLimit;
    private volatile RateLimit sessionRateLimit;
    private volatile int connectionsMax;
    private volatile String nodeName;
    private volatile String description = "";
    private volatile Map<String, Frontend> frontends = Map.of();
    private volatile Map<String, Backend> backends = Map.of();
    private volatile List<BindListener> listeners = List.of();
    private volatile ServerPools pools;
    private final CloseSpread closeSpread;
    private final ProcessTotals totals = new ProcessTotals();
    private volatile boolean rejectsPrivilegedPorts;
    private volatile boolean isStopping;
    private volatile boolean hasStopped;

    /** @param machineName what {@code hostname} says */
    public ProxyProcess(Clock clock, int threadCount, String machineName) {
        this.clock = clock;
        this.threadCount = threadCount;
        this.startNs = clock.nanoTime();
        this.machineName = machineName;
        this.closeSpread = new CloseSpread(clock);
        this.nodeName = machineName;
        this.connectionRate = new EventRate(threadCount);
        this.sessionRate = new EventRate(threadCount);
        this.connectionRateLimit = new RateLimit(connectionRate, 0);
        this.sessionRateLimit = new RateLimit(sessionRate, 0);
    }

    /** Puts the global section of a configuration in force. Limits are 0 where there is none. */
    public void limits(int connectionsMax, int connectionsPerSecond, int sessionsPerSecond) {
        this.connectionsMax = connectionsMax;
        gate.limit(connectionsMax);
        connectionRateLimit = new RateLimit(connectionRate, connectionsPerSecond);
        sessionRateLimit = new RateLimit(sessionRate, sessionsPerSecond);
    }

    /** {@code set rate-limit connections global}, 0 for none. */
    public void limitConnectionRate(int perSecond) {
        connectionRateLimit = new RateLimit(connectionRate, perSecond);
    }

    /** {@code set rate-limit sessions global}, 0 for none. */
    public void limitSessionRate(int perSecond) {
        sessionRateLimit = new RateLimit(sessionRate, perSecond);
    }

    public int connectionRatePerSecondMax() {
        return connectionRateLimit.perSecondMax();
    }

    public int sessionRatePerSecondMax() {
        return sessionRateLimit.perSecondMax();
    }

    /** {@code maxconn} of the configuration, which the runtime API may have changed in the gate. */
    public int connectionsMax() {
        return connectionsMax;
    }

    /** Puts in force what a configuration says of variables. Thread: the one that reloads. */
    void variables(ProcessVariables declared, VariableLimits limits) {
        variableLimits = limits;
        variables.follow(declaredVariables, declared);
        declaredVariables = declared;
    }

    /** {@code node}, or the machine's name again if it is empty. */
    public void node(String node) {
        nodeName = node.isEmpty() ? machineName : node;
    }

    @Override
    public String nodeName() {
        return nodeName;
    }

    void description(String description) {
        this.description = description;
    }

    /** {@code description} of the global section, empty without one. */
    public String description() {
        return description;
    }

    public void pools(ServerPools pools) {
        this.pools = pools;
    }

    /** Makes a configuration's proxies known by name. */
    void proxies(Map<String, Frontend> frontends, Map<String, Backend> backends) {
        this.frontends = frontends;
        this.backends = backends;
        totals.follow(frontends.values());
    }

    void listeners(List<BindListener> listeners) {
        this.listeners = listeners;
    }

    /** What the bind lines of the configuration in force have become, in its order; also those that are closed by now. */
    public List<BindListener> listeners() {
        return listeners;
    }

    /** The frontends of the configuration in force, by name. */
    public Map<String, Frontend> frontends() {
        return frontends;
    }

    /** What the process has served since it began. */
    public ProcessTotals totals() {
        return totals;
    }

    /** Servers of all backends. */
    public ServerPools pools() {
        return pools;
    }

    /** A backend of the configuration in force, by a name that was computed; null if there is none. */
    public Backend runningBackend(String name) {
        return backends.get(name);
    }

    /** The limit of the whole process ({@code maxconn}). */
    public AdmissionGate gate() {
        return gate;
    }

    /** New connections a second. */
    public EventRate connectionRate() {
        return connectionRate;
    }

    /** New sessions a second: connections that rules let in. */
    public EventRate newSessionRate() {
        return sessionRate;
    }

    RateLimit connectionRateLimit() {
        return connectionRateLimit;
    }

    RateLimit sessionRateLimit() {
        return sessionRateLimit;
    }

    /** A soft stop was asked for; connections are taken until the grace time is over. */
    public void stopSoon() {
        isStopping = true;
    }

    /** How a soft stop ends connections of clients. */
    public CloseSpread closeSpread() {
        return closeSpread;
    }

    /** {@code harden.reject-privileged-ports.tcp}: nobody is served who comes from a port below 1024. */
    boolean rejectsPrivilegedPorts() {
        return rejectsPrivilegedPorts;
    }

    void rejectPrivilegedPorts(boolean isRejecting) {
        rejectsPrivilegedPorts = isRejecting;
    }

    /** From now on no new connections are taken. */
    public void stop() {
        closeSpread.begin();
        isStopping = true;
        hasStopped = true;
    }

    /** It takes no new connections any more. */
    public boolean hasStopped() {
        return hasStopped;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public int pid() {
        return pid;
    }

    @Override
    public String hostName() {
        return machineName;
    }

    @Override
    public int connections() {
        return gate.inside();
    }

    @Override
    public long startNs() {
        return startNs;
    }

    @Override
    public boolean isStopping() {
        return isStopping;
    }

    @Override
    public int threadCount() {
        return threadCount;
    }

    @Override
    public ProcessVariables variables() {
        return variables;
    }

    @Override
    public VariableLimits variableLimits() {
        return variableLimits;
    }

    @Override
    public FrontendView frontend(String name) {
        return frontends.get(name);
    }

    @Override
    public BackendView backend(String name) {
        ServerPools known = pools;
        return known == null ? null : known.pool(name);
    }
}
