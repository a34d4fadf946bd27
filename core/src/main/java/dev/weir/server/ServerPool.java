package dev.weir.server;

import dev.weir.balance.BalanceAlgorithms;
import dev.weir.protocol.http1.LastBadMessage;
import dev.weir.stats.Counters;
import dev.weir.stats.EventRate;
import dev.weir.stats.Latencies;
import dev.weir.stream.BackendView;
import dev.weir.stream.LogLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A backend at run time: its servers, which live through changes of the configuration, and what is counted of it. Which session gets
 * which server is the {@link Dispatcher}'s, changes of servers are {@link ServerControl}'s. Any thread.
 */
public final class ServerPool implements BackendView {
    private final ServerEnvironment environment;
    final Dispatcher dispatcher;
    private final ServerControl control;
    private final NameControl names;
    private final Counters counters;
    private final EventRate sessionRate;
    private final Latencies latencies;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile int connectionsHighest;
    /** The times without usable servers. */
    private final Downtime downtime = new Downtime();

    private final LastBadMessage badResponse = new LastBadMessage();
    private volatile PoolSettings settings;
    private volatile DynamicCookies dynamicCookies;
    /** Of the servers that there are. Changed with the configuration, and by who adds and removes. */
    private List<ServerSettings> lines = List.of();

    private volatile boolean isDynamic;

    @SuppressWarnings("this-escape") // servers and control keep the reference and use it later
    ServerPool(PoolSettings settings, ServerEnvironment environment) {
        this.environment = environment;
        this.counters = new Counters(environment.loopCount());
        this.sessionRate = new EventRate(environment.loopCount());
        this.latencies = new Latencies(environment.loopCount());
        this.settings = settings;
        this.dynamicCookies = settings.dynamicCookies;
        this.downtime.lastChangeNs(nowNs());
        this.dispatcher = new Dispatcher(settings.balance, environment.clock(), counters);
        this.control = new ServerControl(this, environment);
        this.names = new NameControl(this, environment);
        apply(settings);
    }

    // ---- configuration ----

    /** Puts settings in force: servers of the same name live on, others come, those that are gone serve their sessions to the end. */
    void apply(PoolSettings fresh) {
        if (!fresh.dynamicCookies.equals(settings.dynamicCookies)) {
            dynamicCookies = fresh.dynamicCookies;
        }
        install(fresh, fresh.servers);
    }

    /**
     * Adds a server that the configuration does not have, until the next reload. While the configuration is not being changed.
     *
     * @return the server, in maintenance
     */
    public Server add(ServerSettings added) {
        List<ServerSettings> lines = new ArrayList<>(this.lines);
        lines.add(added);
        install(settings, List.copyOf(lines));
        return server(added.name);
    }

    /** Takes a server out, until the next reload. While the configuration is not being changed. */
    public void remove(Server server) {
        List<ServerSettings> lines = new ArrayList<>(this.lines);
        lines.remove(server.settings());
        install(settings, List.copyOf(lines));
    }

    private void install(PoolSettings fresh, List<ServerSettings> wanted) {
        ServerSet set = ServerSet.of(this, wanted, servers(), environment);
        dispatcher.lock.lock();
        try {
            settings = fresh;
            lines = wanted;
            isDynamic = BalanceAlgorithms.isDynamic(fresh.balance);
            dispatcher.install(fresh.balance, set);
        } finally {
            dispatcher.lock.unlock();
        }
        control.displace(set.removed());
        for (Server server : set.servers()) {
            dispatcher.serveQueues(server);
        }
    }

    public PoolSettings settings() {
        return settings;
    }

    /** How servers without a cookie of their own get one. */
    public DynamicCookies dynamicCookies() {
        return dynamicCookies;
    }

    /** {@code enable dynamic-cookie} and its relatives: the servers' cookies change with the next look. */
    public void dynamicCookies(DynamicCookies wanted) {
        dynamicCookies = wanted;
        for (Server server : servers()) {
            server.renewCookie();
        }
    }

    /** Has something said in the backend's log and on the console. */
    public void report(LogLevel level, String text) {
        environment.events().report(name(), level, text);
    }

    /** Changes of state, weight and administration. */
    public ServerControl control() {
        return control;
    }

    /** Changes by what names of servers lead to. */
    public NameControl names() {
        return names;
    }

    // ---- sessions ----

    /** A session now belongs to the backend: it counts from here on, waiting or not. */
    void enter() {
        int now = connections.incrementAndGet();
        if (now > connectionsHighest) {
            connectionsHighest = now; // racy by intention: a lost update is a figure that was true a moment ago
        }
    }

    void leave() {
        connections.decrementAndGet();
    }

    /**
     * Which server a session would get now, and whether it would have to wait for it; nothing changes.
     *
     * @param server null if none is usable, or all are full and it would wait for any of them
     */
    public record Foresight(Server server, boolean waits) {}

    /** What would become of a request that asked now. Any thread. */
    public Foresight foresee(SessionRequest request) {
        return dispatcher.foresee(request);
    }

    /** Whether new sessions that are bound to no server may go to this one. */
    public boolean mayServe(Server server) {
        return dispatcher.mayServe(server);
    }

    // ---- figures ----

    /** Whether weights may be anything at run time. */
    public boolean isDynamic() {
        return isDynamic;
    }

    long nowNs() {
        return environment.clock().nanoTime();
    }

    /** The last response that could not be read. */
    public LastBadMessage badResponse() {
        return badResponse;
    }

    public Counters counters() {
        return counters;
    }

    /** What exchanges with its servers take. */
    public Latencies latencies() {
        return latencies;
    }

    public EventRate rate() {
        return sessionRate;
    }

    /** The most that ever waited for the backend. */
    public int backendQueuedHighest() {
        return dispatcher.queue.length.highest();
    }

    /** The most sessions at a time. */
    public int connectionsHighest() {
        return connectionsHighest;
    }

    /** When a session last got a server, by the clock; 0 for never. */
    public long lastSessionNs() {
        return dispatcher.lastSessionNs();
    }

    /** When it last lost or regained its usable servers, by the clock. */
    public long lastChangeNs() {
        return downtime.lastChangeNs();
    }

    /** Nanoseconds without usable servers, the present time included. */
    public long downNs(long nowNs) {
        return downtime.totalNs(serverCount() == 0 || usableServers() > 0, nowNs);
    }

    /** Under the lock: servers became usable, or none is left. */
    void usabilityChanged(boolean isUsable) {
        downtime.changed(!isUsable, nowNs());
    }

    /** {@code clear counters}: forgets the highest values. */
    public void clearHighest() {
        connectionsHighest = connections.get();
        dispatcher.queue.length.clearHighest();
        sessionRate.clearMaximum();
    }

    /** Sessions on servers now. */
    public int served() {
        return dispatcher.served();
    }

    public int activeServers() {
        return dispatcher.algorithm().activeCount();
    }

    public int backupServers() {
        return dispatcher.algorithm().backupCount();
    }

    // ---- BackendView ----

    @Override
    public String name() {
        return settings.name;
    }

    @Override
    public int id() {
        return settings.id;
    }

    @Override
    public String mode() {
        return settings.mode;
    }

    @Override
    public int connections() {
        return connections.get();
    }

    @Override
    public int sessionRate() {
        return sessionRate.perSecond(nowNs());
    }

    @Override
    public int backendQueued() {
        return dispatcher.queue.length.value();
    }

    @Override
    public int totalQueued() {
        int sum = backendQueued();
        for (Server server : servers()) {
            sum += server.queued();
        }
        return sum;
    }

    @Override
    public int usableServers() {
        return dispatcher.algorithm().usableCount();
    }

    @Override
    public int serverCount() {
        return servers().length;
    }

    @Override
    public Server[] servers() {
        return dispatcher.servers();
    }

    @Override
    public Server server(int position) {
        return servers()[position];
    }

    @Override
    public Server server(String name) {
        for (Server server : servers()) {
            if (server.name().equals(name)) {
                return server;
            }
        }
        return null;
    }

    @Override
    public long connectTimeoutMs() {
        return settings.connectTimeoutMs;
    }

    @Override
    public long queueTimeoutMs() {
        return settings.queueTimeoutMs;
    }

    @Override
    public long serverTimeoutMs() {
        return settings.serverTimeoutMs;
    }

    @Override
    public long tunnelTimeoutMs() {
        return settings.tunnelTimeoutMs;
    }

    @Override
    public int retriesMax() {
        return settings.retriesMax;
    }
}
