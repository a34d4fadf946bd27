package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.clock.Clock;
import dev.weir.server.Dispatcher.Outcome;
import dev.weir.server.Place.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads take places, wait, give up and give back, while servers go and come: a lost wake-up would never end it. */
class ServerPoolStressTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 3_000;
    private static final int LIMIT = 2;

    private final AtomicInteger[] onServer = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
    private final AtomicInteger servedCount = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Test
    @Timeout(60)
    void shouldLoseNoWakeUpAndKeepLimits() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("ServerPoolStressTest seed " + seed);
        ServerPool pool = pool();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            FakeLoop loop = new FakeLoop(i);
            threads.add(Thread.ofPlatform().start(() -> guarded(() -> sessions(pool, loop, random))));
        }
        Thread operator = Thread.ofPlatform().start(() -> guarded(() -> operate(pool, new Random(seed - 1), threads)));

        for (Thread thread : threads) {
            thread.join();
        }
        operator.join();

        assertThat(failure.get()).isNull();
        assertThat(servedCount.get()).isPositive();
        assertThat(pool.served()).isZero();
        assertThat(pool.totalQueued()).isZero();
        assertThat(pool.connections()).isZero();
    }

    private static ServerPool pool() {
        PoolSettings settings = new PoolSettings("l", 2);
        settings.redispatchInterval = -1;
        for (int i = 0; i < 3; i++) {
            ServerSettings server = new ServerSettings("s" + i, i + 1);
            server.maxConn = LIMIT;
            settings.servers.add(server);
        }
        ServerEnvironment environment =
                new ServerEnvironment(Clock.SYSTEM, (delay, task) -> {}, (backend, level, text) -> {}, THREADS);
        return new ServerPool(settings, environment);
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | AssertionError e) {
            failure.compareAndSet(null, e);
        }
    }

    private void sessions(ServerPool pool, FakeLoop loop, Random random) {
        Place place = new Place();
        place.loop = loop;
        place.thread = Thread.currentThread();
        place.session = cause -> {};
        for (int i = 0; i < ROUNDS; i++) {
            place.direct = random.nextInt(4) == 0 ? pool.server(random.nextInt(3)) : null;
            place.priorityClass = random.nextInt(3);
            pool.enter();
            if (obtain(pool, place, random.nextInt(10) == 0)) {
                use(pool, place, random);
            } else {
                pool.dispatcher.release(place);
            }
            pool.leave();
        }
    }

    private boolean obtain(ServerPool pool, Place place, boolean isImpatient) {
        Outcome outcome = pool.dispatcher.assign(place);
        if (outcome != Outcome.QUEUED) {
            return outcome == Outcome.ASSIGNED;
        }
        if (isImpatient && pool.dispatcher.cancel(place)) {
            return false;
        }
        while (place.phase == Phase.QUEUED) {
            place.loop.park();
        }
        return place.phase == Phase.HOLDING;
    }

    private void use(ServerPool pool, Place place, Random random) {
        AtomicInteger count = onServer[place.server.id() - 1];
        assertThat(count.incrementAndGet()).isLessThanOrEqualTo(LIMIT);
        servedCount.incrementAndGet();
        if (random.nextInt(3) == 0) {
            Thread.yield();
        }
        count.decrementAndGet();
        pool.dispatcher.release(place);
    }

    /** Servers go and come while sessions run; at the end all are up. */
    private static void operate(ServerPool pool, Random random, List<Thread> sessions) {
        while (sessions.stream().anyMatch(Thread::isAlive)) {
            Server server = pool.server(random.nextInt(3));
            pool.control().stop(server, "");
            Thread.yield();
            pool.control().run(server, "");
        }
    }
}
