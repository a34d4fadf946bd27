package dev.weir.server;

import dev.weir.balance.BalanceAlgorithm;
import dev.weir.balance.BalanceAlgorithms;
import dev.weir.balance.BalanceSettings;
import dev.weir.balance.Target;
import dev.weir.clock.Clock;
import dev.weir.stats.Counter;
import dev.weir.stats.Counters;
import dev.weir.stats.HighWater;
import dev.weir.sync.SpinLock;
import java.util.List;

/**
 * The sessions on a backend's servers and those that wait: choosing a server and taking a place on it are one step under one
 * lock, and who gives a place back hands it to the session that is next, so that no newcomer overtakes.
 *
 * <p>How no wake-up is lost: a session is put into a queue, and its place is changed by others, under the lock only; whoever
 * changes it unparks the session afterwards, and an unpark before the park makes that park return at once.
 */
final class Dispatcher {
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
    /** Of the backend; each server has its own. */
    final PlaceQueue queue = new PlaceQueue();

    private final Clock clock;
    private final long originNs;
    /** Of the backend. */
    private final Counters counters;

    private final HighWater served = new HighWater();
    private volatile long lastSessionNs;
    private volatile Server[] servers = new Server[0];
    private boolean hasDynamicLimits;
    private volatile BalanceAlgorithm algorithm;

    Dispatcher(BalanceSettings balance, Clock clock, Counters counters) {
        this.clock = clock;
        this.originNs = clock.nanoTime();
        this.counters = counters;
        this.algorithm = BalanceAlgorithms.create(balance, new Target[0]);
    }

    /** Under the lock: another set of servers is in force, or another way to choose among them. */
    void install(BalanceSettings balance, ServerSet set) {
        hasDynamicLimits = set.hasDynamicLimits();
        set.install();
        if (balance.equals(algorithm.settings())) {
            algorithm.replaceServers(set.servers());
        } else {
            algorithm = BalanceAlgorithms.create(balance, set.servers());
        }
        servers = set.servers();
    }

    Server[] servers() {
        return servers;
    }

    /** Sessions on servers now. */
    int served() {
        return served.value();
    }

    /** When a session last got a server, by the clock; 0 for never. */
    long lastSessionNs() {
        return lastSessionNs;
    }

    private long nowMs() {
        return (clock.nanoTime() - originNs) / MS_NS;
    }

    // ---- places ----

    /** Chooses a server, or takes the one that the session is bound to, and a place on it or in a queue. The place must be free. */
    Outcome assign(Place place) {
        lock.lock();
        try {
            assert place.server == null : "a place is given back before the next is asked for";
            Server wanted = place.direct != null ? place.direct : place.preferred;
            Outcome outcome = wanted != null ? assignTo(place, wanted) : choose(place);
            place.hasMoved = place.server != place.avoided;
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    private Outcome choose(Place place) {
        if (!algorithm.hasUsable()) {
            return Outcome.NO_SERVER;
        }
        if (algorithm.settings().method().queuesBehindOthers() && !queue.isEmpty() && served.value() > 0) {
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
        server.places.add(place);
        server.lastSessionNs = place.loop.nanoTime();
        lastSessionNs = server.lastSessionNs;
        server.sessions.set(server.served() + 1);
        served.set(served.value() + 1);
        algorithm.loadChanged(server);
    }

    private void drop(Place place, Server server) {
        server.places.remove(place);
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

    // ---- what would be ----

    /** What would become of a request that asked now. Any thread. */
    ServerPool.Foresight foresee(SessionRequest request) {
        lock.lock();
        try {
            if (request.direct != null) {
                return new ServerPool.Foresight(request.direct, request.direct.isFull());
            }
            if (!algorithm.hasUsable()) {
                return new ServerPool.Foresight(null, false);
            }
            Server server = (Server) (request.hasHash ? algorithm.foresee(request.hash) : algorithm.foresee());
            return new ServerPool.Foresight(server, server == null || server.isFull());
        } finally {
            lock.unlock();
        }
    }

    /** Whether new sessions that are bound to no server may go to this one. */
    boolean mayServe(Server server) {
        lock.lock();
        try {
            return algorithm.mayServe(server);
        } finally {
            lock.unlock();
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
}
