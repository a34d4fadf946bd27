package dev.weir.server.check;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.server.CheckSettings;
import dev.weir.server.HealthEvents;
import dev.weir.server.ObserveSettings;
import dev.weir.server.Server;
import dev.weir.server.ServerHealth;
import dev.weir.server.ServerState;
import dev.weir.stats.Counter;
import dev.weir.stats.Counters;
import dev.weir.stream.LogLevel;
import dev.weir.sync.SpinLock;

/**
 * The checks of one server: probes it again and again on a virtual thread, counts successes and failures, and moves the server
 * up and down. It lives as long as its server, over reloads.
 */
public final class Check implements ServerHealth {
    private static final long MS_NS = 1_000_000L;

    private final Server server;
    private final EventLoop loop;
    private final HealthEvents events;
    private final Probe probe;
    private final int spreadPercent;
    /** Guards the counter. */
    private final SpinLock lock = new SpinLock();

    private final HealthCounter counter;
    private long random;
    private volatile int consecutiveErrors;
    private volatile CheckResult last = new CheckResult(CheckStatus.INI, null, -1);
    private volatile long dueNs;
    private volatile boolean isStopped;
    private volatile Thread thread;

    Check(Server server, EventLoop loop, HealthEvents events, Probe probe, int spreadPercent) {
        this.server = server;
        this.loop = loop;
        this.events = events;
        this.probe = probe;
        this.spreadPercent = spreadPercent;
        this.counter = new HealthCounter(server.settings().check);
        this.random = server.id() * 0x9E3779B97F4A7C15L | 1;
    }

    // ---- life ----

    void start(long delayMs) {
        dueNs = loop.nanoTime() + delayMs * MS_NS;
        loop.start(this::run);
    }

    void stop() {
        isStopped = true;
        wake();
    }

    /** After a reload: other limits may hold. */
    void adopt() {
        lock.lock();
        try {
            counter.adopt(server.settings().check);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        thread = Thread.currentThread();
        while (!isStopped) {
            if (loop.nanoTime() < dueNs) {
                loop.parkUntil(dueNs);
                continue;
            }
            if (!server.isInMaintenance()) {
                CheckResult result = probe.run(loop, server);
                if (result == null) {
                    return;
                }
                probed(result);
            }
            dueNs = loop.nanoTime() + (intervalMs() + spreadMs()) * MS_NS;
        }
    }

    private void wake() {
        Thread sleeper = thread;
        if (sleeper != null) {
            loop.unpark(sleeper);
        }
    }

    /** By the health: {@code inter} when nothing changes, {@code downinter} when down for good, else {@code fastinter}. */
    int intervalMs() {
        CheckSettings settings = server.settings().check;
        lock.lock();
        try {
            if (counter.isFull()) {
                return settings.interMs;
            }
            boolean isDead = counter.value() == 0 && server.state() == ServerState.STOPPED;
            int special = isDead ? settings.downInterMs : settings.fastInterMs;
            return special > 0 ? special : settings.interMs;
        } finally {
            lock.unlock();
        }
    }

    /** {@code spread-checks}: up to so many percent of the interval earlier or later. */
    private long spreadMs() {
        long range = (long) intervalMs() * spreadPercent / 100;
        if (range == 0) {
            return 0;
        }
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return Long.remainderUnsigned(random, 2 * range + 1) - range;
    }

    // ---- results ----

    private void probed(CheckResult result) {
        if (server.isInMaintenance()) {
            return; // it went while the probe ran
        }
        record(result);
        apply(result);
    }

    /** Counts a result and reports it if the health changed. */
    private void record(CheckResult result) {
        boolean isChanged;
        String text;
        last = result;
        lock.lock();
        try {
            isChanged = result.status().isPassed() ? counter.success() : counter.failure();
            text = counter.text(server.userWeight() > 0);
        } finally {
            lock.unlock();
        }
        if (result.status().isPassed()) {
            consecutiveErrors = 0;
        } else if (isChanged) {
            server.counters().increment(Counters.SHARED, Counter.CHECK_FAILURES);
            server.pool().counters().increment(Counters.SHARED, Counter.CHECK_FAILURES);
        }
        if (isChanged && server.pool().settings().logHealthChecks) {
            report(result, text);
        }
    }

    private void report(CheckResult result, String health) {
        String subject = "Health check for " + (server.isBackup() ? "backup server " : "server ") + server.path();
        String outcome = result.status().isPassed() ? " succeeded, " : " failed, ";
        String text = subject + outcome + result.reason() + ", status: " + health + ".";
        events.report(server.pool().name(), LogLevel.NOTICE, text);
    }

    /** Moves the server to where its health is. */
    private void apply(CheckResult result) {
        String cause = server.pool().settings().logHealthChecks ? "" : ", " + result.reason();
        if (result.status().isPassed()) {
            if (value() >= rise()) {
                server.pool().control().run(server, cause);
            }
        } else if (value() == 0) {
            server.pool().control().stop(server, cause);
        }
    }

    // ---- ServerHealth ----

    @Override
    public int value() {
        return counter.value();
    }

    @Override
    public int rise() {
        return counter.rise();
    }

    @Override
    public int fall() {
        return counter.fall();
    }

    @Override
    public void resume() {
        lock.lock();
        try {
            counter.restart(server.settings().check.initialState);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void observed(boolean isSuccess) {
        if (isSuccess) {
            if (consecutiveErrors != 0) {
                consecutiveErrors = 0;
            }
            return;
        }
        ObserveSettings observe = server.settings().observe;
        int errors = countError(observe);
        if (errors >= observe.errorLimit()) {
            act(observe.onError(), errors);
        }
    }

    private int countError(ObserveSettings observe) {
        lock.lock();
        try {
            int errors = consecutiveErrors + 1;
            consecutiveErrors = errors >= observe.errorLimit() ? 0 : errors;
            return errors;
        } finally {
            lock.unlock();
        }
    }

    private void act(ObserveSettings.OnError onError, int errors) {
        if (onError != ObserveSettings.OnError.FASTINTER) {
            lowerBefore(onError);
            String info = "Detected " + errors + " consecutive errors, last one was: L4 unsuccessful connection";
            CheckResult result = new CheckResult(CheckStatus.HANA, info, -1);
            record(result);
            apply(result);
        }
        int fastInterMs = server.settings().check.fastInterMs;
        if (fastInterMs > 0) {
            hurry(loop.nanoTime() + fastInterMs * MS_NS);
        }
    }

    private void lowerBefore(ObserveSettings.OnError onError) {
        lock.lock();
        try {
            if (onError == ObserveSettings.OnError.SUDDEN_DEATH) {
                counter.lowerTo(2);
            } else if (onError == ObserveSettings.OnError.MARK_DOWN) {
                counter.lowerTo(1);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next check comes at this time at the latest. */
    private void hurry(long atNs) {
        if (dueNs > atNs) {
            dueNs = atNs;
            wake();
        }
    }

    /** {@code set server health}: as if checks had found it so. */
    public void force(boolean isUp) {
        lock.lock();
        try {
            counter.set(isUp);
        } finally {
            lock.unlock();
        }
        if (isUp) {
            server.pool().control().run(server, ", changed from CLI");
        } else {
            server.pool().control().stop(server, ", changed from CLI");
        }
    }

    /** What the last check found. */
    public CheckResult last() {
        return last;
    }
}
