package dev.weir.server;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.stats.Counters;
import dev.weir.stats.EventRate;
import dev.weir.stats.HighWater;
import dev.weir.stats.Latencies;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server, alive: state, weight, limits, queue and counters. It outlives configurations: a reload gives it new settings.
 * Guarded by its pool's lock where nothing else is said; figures may be read by anyone and may lag.
 */
public final class Server extends ServerIdentity {
    /** The position of a server that the configuration no longer has. */
    static final int REMOVED = -1;

    static final int UNCHECKED_DOWN = 0;
    private static final int UNCHECKED_RISE = 2;
    private static final int UNCHECKED_FULL = 4;

    private final ConnectionLimit limit;
    private volatile int position = REMOVED;

    volatile ServerState state = ServerState.RUNNING;
    volatile int adminFlags;
    volatile int userWeight;
    volatile int warmth = WEIGHT_SCALE;
    /** How often it has begun to warm up. Guarded as its state is. */
    int warmUps;
    /** When a session last got a place on it; 0 for never. */
    volatile long lastSessionNs;

    final Downtime downtime = new Downtime();
    /** See {@link #uncheckedHealth}. */
    volatile int uncheckedHealth;

    final HighWater sessions = new HighWater();
    final PlaceQueue queue = new PlaceQueue();
    final OpenConnections openConnections = new OpenConnections();
    final PlaceList places = new PlaceList();
    private final IdleByLoop idle;
    private final Counters counters;
    private final EventRate sessionRate;
    private final Latencies latencies;
    private final List<Server> trackers = new CopyOnWriteArrayList<>();
    private volatile Server tracked;
    private volatile boolean isPinned;
    private volatile ServerHealth health;
    private volatile ServerHealth agent;

    Server(ServerPool pool, ServerSettings settings, int loopCount) {
        super(pool, settings);
        this.idle = new IdleByLoop(this, loopCount);
        this.limit = new ConnectionLimit(this);
        this.counters = new Counters(loopCount);
        this.sessionRate = new EventRate(loopCount);
        this.latencies = new Latencies(loopCount);
        this.userWeight = settings.weight;
        this.adminFlags = settings.adminFlags();
        boolean beginsDown = settings.isDisabled || settings.isAddedAtRunTime || settings.lacksAddress;
        this.uncheckedHealth = beginsDown ? UNCHECKED_DOWN : UNCHECKED_RISE;
    }

    // ---- settings ----

    @Override
    public void pin() {
        isPinned = true;
    }

    /** Whether the configuration names it, or another server follows it: it cannot be removed at run time. */
    public boolean isPinned() {
        return isPinned || !trackers.isEmpty();
    }

    /** Whether the configuration no longer has it, and it only serves its sessions to their end. */
    public boolean isRemoved() {
        return position == REMOVED;
    }

    void position(int newPosition) {
        position = newPosition;
    }

    // ---- changes at run time that are not of the configuration ----

    /** Its name leads nowhere any more; it is in maintenance already. */
    void loseAddress() {
        whereabouts().lose();
        renewCookie();
        idle.closeAll();
    }

    /** New sessions and checks go there. */
    public void moveTo(Endpoint.Inet endpoint) {
        whereabouts().moveTo(endpoint);
        renewCookie();
        idle.closeAll();
    }

    /** {@code set maxconn server}: 0 is no limit. Who waits and fits now goes on. */
    public void limitConnections(int connectionsMax) {
        limit.override(connectionsMax);
        pool().dispatcher.serveQueues(this);
    }

    /** Takes over new settings; what was changed at run time stays unless the configuration says something new. */
    void adopt(ServerSettings fresh) {
        ServerSettings before = settings();
        settings(fresh);
        if (!fresh.leadsWhere(before)) {
            idle.closeAll();
        }
        whereabouts().adopt(fresh, before);
        if (fresh.maxConn != before.maxConn) {
            limit.forgetOverride();
        }
        isPinned &= fresh == before; // whoever names it in a new configuration says so again
        renewCookie();
        if (fresh.weight != before.weight) {
            userWeight = fresh.weight;
        }
        boolean wasInMaintenance = isInMaintenance();
        adminFlags = fresh.adminFlags(adminFlags, before);
        if (wasInMaintenance && !isInMaintenance() && health == null) {
            state = ServerState.RUNNING; // nobody else would say so
        }
    }

    // ---- state, as all see it ----

    public ServerState state() {
        return state;
    }

    public int adminFlags() {
        return adminFlags;
    }

    public boolean isInMaintenance() {
        return AdminFlags.isMaintenance(adminFlags);
    }

    public boolean isDraining() {
        return AdminFlags.isDrain(adminFlags);
    }

    @Override
    public boolean isUp() {
        return !isInMaintenance() && state != ServerState.STOPPED;
    }

    /** What HAProxy tells as the health of a server without checks: 2 at first, 0 once it was stopped, 4 when an operator said that it is well. */
    public int uncheckedHealth() {
        return uncheckedHealth;
    }

    /** {@code set server health up|stopping} of a server without checks. */
    public void assumeWell() {
        uncheckedHealth = UNCHECKED_FULL;
    }

    /** Nanoseconds for which it was down, the present time included, at a reading of the clock. */
    public long downNs(long nowNs) {
        return downtime.totalNs(isUp(), nowNs);
    }

    /** When the state last changed, by the clock of the environment. */
    public long lastChangeNs() {
        return downtime.lastChangeNs();
    }

    /** What was known of its last change before the process began, by the clock of the environment. */
    public void restoreLastChange(long changeNs) {
        downtime.lastChangeNs(changeNs);
    }

    @Override
    public int userWeight() {
        return userWeight;
    }

    @Override
    public int effectiveWeight() {
        boolean isStatic = !pool().isDynamic();
        return isStatic ? userWeight : (userWeight * warmth + WEIGHT_SCALE - 1) / WEIGHT_SCALE;
    }

    @Override
    public int connections() {
        return sessions.value();
    }

    /** When a session last got a place on it, by the clock; 0 for never. */
    public long lastSessionNs() {
        return lastSessionNs;
    }

    /** {@code clear counters}: forgets the highest values. */
    public void clearHighest() {
        sessions.clearHighest();
        queue.length.clearHighest();
        sessionRate.clearMaximum();
    }

    /** The most sessions at a time. */
    public int connectionsHighest() {
        return sessions.highest();
    }

    @Override
    public int connectionsMax() {
        return limit.upper();
    }

    /** The most that ever waited for it. */
    public int queuedHighest() {
        return queue.length.highest();
    }

    @Override
    public int sessionRate() {
        return sessionRate.perSecond(pool().nowNs());
    }

    public Counters counters() {
        return counters;
    }

    /** What exchanges with it take. */
    public Latencies latencies() {
        return latencies;
    }

    public EventRate rate() {
        return sessionRate;
    }

    /** Its connections that wait for a request. */
    public IdleByLoop idle() {
        return idle;
    }

    // ---- health and tracking ----

    /** Null for a server without checks. */
    public ServerHealth health() {
        return health;
    }

    /** Says who keeps its health. */
    public void health(ServerHealth keeper) {
        health = keeper;
    }

    /** Traffic found something out about it. On a loop, not under a lock. */
    public void observed(Observation observation) {
        ServerHealth keeper = health;
        ObserveSettings observe = settings().observe;
        if (keeper != null && observe != null && observation.counts(observe.layer())) {
            keeper.observed(observation);
        }
    }

    /** What its agent says of it; null for a server without one. */
    public ServerHealth agent() {
        return agent;
    }

    /** Says who keeps what its agent says. */
    public void agent(ServerHealth keeper) {
        agent = keeper;
    }

    /** The server whose state it follows, or null. */
    public Server tracked() {
        return tracked;
    }

    /** Follows another server; null ends it. While the configuration is put in force. */
    public void track(Server leader) {
        if (tracked != null) {
            tracked.trackers.remove(this);
        }
        tracked = leader;
        if (leader != null) {
            leader.trackers.add(this);
        }
    }

    /** Those that follow this server. */
    public List<Server> trackers() {
        return trackers;
    }

    // ---- Target: under the pool's lock ----

    @Override
    public int position() {
        return position;
    }

    @Override
    public boolean isAvailable() {
        boolean isServing = state == ServerState.RUNNING || state == ServerState.STARTING;
        return isServing && (adminFlags & (AdminFlags.MAINTENANCE | AdminFlags.DRAIN)) == 0 && position != REMOVED;
    }

    @Override
    public int warmth() {
        return warmth;
    }

    @Override
    public int served() {
        return sessions.value();
    }

    @Override
    public int queued() {
        return queue.length.value();
    }

    @Override
    public boolean isFull() {
        return limit.upper() != 0 && (!queue.isEmpty() || served() >= limit.now());
    }

    @Override
    public boolean isQueueFull() {
        return limit.upper() != 0 && served() + queue.size() >= limit.now() + settings().maxQueue;
    }

    @Override
    public boolean isQueueLimitReached() {
        return settings().maxQueue > 0 && queue.size() >= settings().maxQueue;
    }

    /** How far a server that came up has warmed up; 100 without {@code slowstart}. */
    public int warmthPercent() {
        return state == ServerState.STARTING ? Math.max(1, SlowStart.percent(this, pool().nowNs())) : 100;
    }

    boolean hasRoom() {
        return limit.upper() == 0 || served() < limit.now();
    }
}
