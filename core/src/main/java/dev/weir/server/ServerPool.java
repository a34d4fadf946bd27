package dev.weir.server;

import dev.weir.balance.BalanceAlgorithm;
import dev.weir.balance.BalanceAlgorithms;
import dev.weir.balance.Target;
import dev.weir.protocol.http1.LastBadMessage;
import dev.weir.stats.Counter;
import dev.weir.stats.Counters;
import dev.weir.stats.EventRate;
import dev.weir.stats.HighWater;
import dev.weir.stats.Latencies;
import dev.weir.stream.BackendView;
import dev.weir.sync.SpinLock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The servers of a backend with the sessions on them and those that wait: choosing a server and taking a place on it are one
 * step under one lock, and who gives a place back hands it to the session that is next, so that no newcomer overtakes.
 *
 * <p>How no wake-up is lost: a session is put into a queue, and its place is changed by others, under the lock only; whoever
 * changes it unparks the session afterwards, and an unpark before the park makes that park return at once.
 */
public final class ServerPool implements BackendView {
    /** What asking for a server led to. */
    enum Outcome {
        /** The session holds a place. */
        ASSIGNED,
        /** It waits. */
        QUEUED,
        /** Its server has no room, not even in its queue. */
        FULL,
        /** No server is usable. */
        NO_SERVER
    }

    private static final long MS_NS = 1_000_000L;

    final SpinLock lock = new SpinLock();
    private final ServerEnvironment environment;
    private final long originNs;
    private final ServerControl control;
    private final NameControl names;
    private final Counters counters;
    private final EventRate sessionRate;
    private final Latencies latencies;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile int connectionsHighest;
    private volatile long lastSessionNs;
    /** When it last lost or regained its usable servers. */
    private volatile long lastChangeNs;
    /** Sum of completed times without usable servers. */
    private volatile long downNs;

    private final PlaceQueue queue = new PlaceQueue();
    private final LastBadMessage badResponse = new LastBadMessage();
    private final HighWater served = new HighWater();
    private volatile PoolSettings settings;
    private volatile DynamicCookies dynamicCookies;
    /** Of the servers that there are. Changed with the configuration, and by who adds and removes. */
    private List<ServerSettings> lines = List.of();

    private volatile Server[] servers = new Server[0];
    private volatile boolean isDynamic;
    private boolean hasDynamicLimits;
    private volatile BalanceAlgorithm algorithm;

    @SuppressWarnings("this-escape") // servers and control keep the reference and use it later
    ServerPool(PoolSettings settings, ServerEnvironment environment) {
        this.environment = environment;
        this.originNs = environment.clock().nanoTime();
        this.counters = new Counters(environment.loopCount());
        this.sessionRate = new EventRate(environment.loopCount());
        this.latencies = new Latencies(environment.loopCount());
        this.settings = settings;
        this.dynamicCookies = settings.dynamicCookies;
        this.lastChangeNs = originNs;
        this.control = new ServerControl(this, environment);
        this.names = new NameControl(this, environment);
        this.algorithm = BalanceAlgorithms.create(settings.balance, new Target[0]);
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
        ServerSet set = ServerSet.of(this, wanted, servers, environment);
        lock.lock();
        try {
            settings = fresh;
            lines = wanted;
            isDynamic = BalanceAlgorithms.isDynamic(fresh.balance);
            hasDynamicLimits = set.hasDynamicLimits();
            set.install();
            replaceAlgorithm(fresh, set.servers());
            servers = set.servers();
        } finally {
            lock.unlock();
        }
        control.displace(set.removed());
        for (Server server : set.servers()) {
            serveQueues(server);
        }
    }

    private void replaceAlgorithm(PoolSettings fresh, Server[] set) {
        if (fresh.balance.equals(algorithm.settings())) {
            algorithm.replaceServers(set);
        } else {
            algorithm = BalanceAlgorithms.create(fresh.balance, set);
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
        for (Server server : servers) {
            server.renewCookie();
        }
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

    /** Chooses a server, or takes the one that the session is bound to, and a place on it or in a queue. The place must be free. */
    Outcome assign(Place place) {
        lock.lock();
        try {
            assert place.server == null : "a place is given back before the next is asked for";
            Server wanted = place.direct != null ? place.direct : place.preferred;
            return wanted != null ? assignTo(place, wanted) : choose(place);
        } finally {
            lock.unlock();
        }
    }

    private Outcome choose(Place place) {
        if (!algorithm.hasUsable()) {
            return Outcome.NO_SERVER;
        }
        if (settings.balance.method().queuesBehindOthers() && !queue.isEmpty() && served.value() > 0) {
            return waitForBackend(place);
        }
        Server server =
                (Server) (place.hasHash ? algorithm.pick(place.hash, place.avoided) : algorithm.pick(place.avoided));
        if (server == null) {
            return waitForBackend(place);
        }
        if (server != place.avoided) {
            counters.increment(place.loop.index(), Counter.SELECTIONS);
            server.counters().increment(place.loop.index(), Counter.SELECTIONS);
        }
        return assignTo(place, server);
    }

    private Outcome assignTo(Place place, Server server) {
        if (!server.isFull()) {
            take(place, server);
            return Outcome.ASSIGNED;
        }
        place.server = server;
        if (server.isQueueLimitReached()) {
            return Outcome.FULL;
        }
        place.isInServerQueue = true;
        server.queue.add(place, nowMs());
        algorithm.loadChanged(server);
        place.phase = Place.Phase.QUEUED;
        return Outcome.QUEUED;
    }

    private Outcome waitForBackend(Place place) {
        place.isInServerQueue = false;
        queue.add(place, nowMs());
        place.phase = Place.Phase.QUEUED;
        return hasDynamicLimits && takeRaisedLimit(place) ? Outcome.ASSIGNED : Outcome.QUEUED;
    }

    /** The session itself may have raised a dynamic limit: then the first in the queue, if that is the session, goes. */
    private boolean takeRaisedLimit(Place place) {
        if (queue.first() != place) {
            return false;
        }
        for (Server server : servers) {
            if (server.hasRoom() && server.queue.isEmpty() && mayTakeFromBackend(server)) {
                leaveQueue(place);
                take(place, server);
                return true;
            }
        }
        return false;
    }

    /**
     * Which server a session would get now, and whether it would have to wait for it; nothing changes.
     *
     * @param server null if none is usable, or all are full and it would wait for any of them
     */
    public record Foresight(Server server, boolean waits) {}

    /** What would become of a request that asked now. Any thread. */
    public Foresight foresee(SessionRequest request) {
        lock.lock();
        try {
            if (request.direct != null) {
                return new Foresight(request.direct, request.direct.isFull());
            }
            if (!algorithm.hasUsable()) {
                return new Foresight(null, false);
            }
            Server server = (Server) (request.hasHash ? algorithm.foresee(request.hash) : algorithm.foresee());
            return new Foresight(server, server == null || server.isFull());
        } finally {
            lock.unlock();
        }
    }

    /** Whether new sessions that are bound to no server may go to this one. */
    public boolean mayServe(Server server) {
        lock.lock();
        try {
            return algorithm.mayServe(server);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the place back, whatever it is, and serves who is next. */
    void release(Place place) {
        Server server;
        lock.lock();
        try {
            server = place.server;
            if (place.phase == Place.Phase.QUEUED) {
                leaveQueue(place);
            } else if (place.phase == Place.Phase.HOLDING) {
                drop(place, server);
            }
            place.server = null;
            place.phase = Place.Phase.FREE;
        } finally {
            lock.unlock();
        }
        if (server != null) {
            serveQueues(server);
        }
    }

    /**
     * Takes a session out of its queue, as it gives up.
     *
     * @return false if it does not wait any more: it has a place, or has to choose again
     */
    boolean cancel(Place place) {
        lock.lock();
        try {
            if (place.phase != Place.Phase.QUEUED) {
                return false;
            }
            leaveQueue(place);
            place.phase = Place.Phase.FREE;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Hands free places of a server to those who wait for it or for the backend. @return how many */
    int serveQueues(Server server) {
        int count = 0;
        Place next;
        while ((next = serveNext(server)) != null) {
            next.wake();
            count++;
        }
        return count;
    }

    private Place serveNext(Server server) {
        if (server.queue.size() == 0 && queue.size() == 0) {
            return null; // racy look, but who queues meanwhile saw the place that is free now
        }
        lock.lock();
        try {
            Place place = server.hasRoom() ? nextFor(server) : null;
            if (place != null) {
                PlaceQueue left = place.isInServerQueue ? server.queue : queue;
                leaveQueue(place);
                left.advance();
                take(place, server);
            }
            return place;
        } finally {
            lock.unlock();
        }
    }

    /** The first of both queues by class and time; on a tie the one that waits for this server. */
    private Place nextFor(Server server) {
        Place own = server.queue.first();
        Place common = mayTakeFromBackend(server) ? queue.first() : null;
        if (own == null || common == null) {
            return own == null ? common : own;
        }
        return own.key() <= common.key() ? own : common;
    }

    private boolean mayTakeFromBackend(Server server) {
        return server.isAvailable() && algorithm.mayServe(server);
    }

    private void take(Place place, Server server) {
        place.server = server;
        place.phase = Place.Phase.HOLDING;
        server.link(place);
        server.lastSessionNs = place.loop.nanoTime();
        lastSessionNs = server.lastSessionNs;
        server.sessions.set(server.served() + 1);
        served.set(served.value() + 1);
        algorithm.loadChanged(server);
    }

    private void drop(Place place, Server server) {
        server.unlink(place);
        server.sessions.set(server.served() - 1);
        served.set(served.value() - 1);
        algorithm.loadChanged(server);
    }

    private void leaveQueue(Place place) {
        if (place.isInServerQueue) {
            place.serverQueuePosition += place.server.queue.remove(place);
            algorithm.loadChanged(place.server);
        } else {
            place.backendQueuePosition += queue.remove(place);
        }
    }

    // ---- for ServerControl, under the lock ----

    BalanceAlgorithm algorithm() {
        return algorithm;
    }

    /** Takes out all that wait for the server and are not bound to it by force; the caller wakes them. */
    int displaceQueue(Server server, List<Place> out) {
        return displace(server.queue, out);
    }

    int displaceBackendQueue(List<Place> out) {
        return displace(queue, out);
    }

    private int displace(PlaceQueue from, List<Place> out) {
        int first = out.size();
        for (int i = 0; i < from.size(); i++) {
            if (!from.at(i).isForced) {
                out.add(from.at(i));
            }
        }
        for (Place place : out.subList(first, out.size())) {
            leaveQueue(place);
            place.server = null;
            place.phase = Place.Phase.DISPLACED;
        }
        return out.size() - first;
    }

    // ---- figures ----

    /** Whether weights may be anything at run time. */
    public boolean isDynamic() {
        return isDynamic;
    }

    long nowNs() {
        return environment.clock().nanoTime();
    }

    private long nowMs() {
        return (nowNs() - originNs) / MS_NS;
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
        return queue.length.highest();
    }

    /** The most sessions at a time. */
    public int connectionsHighest() {
        return connectionsHighest;
    }

    /** When a session last got a server, by the clock; 0 for never. */
    public long lastSessionNs() {
        return lastSessionNs;
    }

    /** When it last lost or regained its usable servers, by the clock. */
    public long lastChangeNs() {
        return lastChangeNs;
    }

    /** Nanoseconds without usable servers, the present time included. */
    public long downNs(long nowNs) {
        return downNs + (serverCount() > 0 && usableServers() == 0 ? nowNs - lastChangeNs : 0);
    }

    /** Under the lock: servers became usable, or none is left. */
    void usabilityChanged(boolean isUsable) {
        long nowNs = nowNs();
        if (isUsable) {
            downNs += nowNs - lastChangeNs;
        }
        lastChangeNs = nowNs;
    }

    /** {@code clear counters}: forgets the highest values. */
    public void clearHighest() {
        connectionsHighest = connections.get();
        queue.length.clearHighest();
        sessionRate.clearMaximum();
    }

    /** Sessions on servers now. */
    public int served() {
        return served.value();
    }

    public int activeServers() {
        return algorithm.activeCount();
    }

    public int backupServers() {
        return algorithm.backupCount();
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
        return queue.length.value();
    }

    @Override
    public int totalQueued() {
        int sum = backendQueued();
        for (Server server : servers) {
            sum += server.queued();
        }
        return sum;
    }

    @Override
    public int usableServers() {
        return algorithm.usableCount();
    }

    @Override
    public int serverCount() {
        return servers.length;
    }

    @Override
    public Server[] servers() {
        return servers;
    }

    @Override
    public Server server(int position) {
        return servers[position];
    }

    @Override
    public Server server(String name) {
        for (Server server : servers) {
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
