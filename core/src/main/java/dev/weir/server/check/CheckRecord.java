package dev.weir.server.check;

import dev.weir.server.CheckSettings;
import dev.weir.server.HealthEvents;
import dev.weir.server.Server;
import dev.weir.server.check.script.CheckResult;
import dev.weir.server.check.script.CheckStatus;
import dev.weir.stats.Counter;
import dev.weir.stats.Counters;
import dev.weir.stream.LogLevel;
import dev.weir.sync.SpinLock;

/** What the checks of one server, or its agent, have found: the health counter and the last result; says what changes. Any thread. */
final class CheckRecord {
    private final Server server;
    private final HealthEvents events;
    private final String kind;
    /** Guards the counter. */
    private final SpinLock lock = new SpinLock();

    private final HealthCounter counter;
    private volatile CheckResult last = new CheckResult(CheckStatus.INI, null, -1);

    /** @param kind the first word of messages */
    CheckRecord(Server server, HealthEvents events, String kind, CheckSettings settings) {
        this.server = server;
        this.events = events;
        this.kind = kind;
        this.counter = new HealthCounter(settings);
    }

    /** After a reload: other limits may hold. */
    void adopt(CheckSettings settings) {
        lock.lock();
        try {
            counter.adopt(settings);
        } finally {
            lock.unlock();
        }
    }

    void restart(CheckSettings.InitialState state) {
        lock.lock();
        try {
            counter.restart(state);
        } finally {
            lock.unlock();
        }
    }

    void set(boolean isUp) {
        lock.lock();
        try {
            counter.set(isUp);
        } finally {
            lock.unlock();
        }
    }

    /** What was known before the process began. */
    void restore(int value, CheckStatus status) {
        lock.lock();
        try {
            counter.restore(value);
        } finally {
            lock.unlock();
        }
        if (status != null) {
            last = new CheckResult(status, null, -1);
        }
    }

    void lowerTo(int failuresLeft) {
        lock.lock();
        try {
            counter.lowerTo(failuresLeft);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts a result, and reports it if the health or the kind of result changed.
     *
     * @param lowers whether a failure counts
     */
    void record(CheckResult result, boolean lowers) {
        CheckStatus before = last.status();
        last = result;
        boolean isFailed = result.status().isFailed();
        if (!isFailed && !result.status().isPassed()) {
            return; // says nothing
        }
        boolean isChanged;
        String health;
        lock.lock();
        try {
            isChanged = isFailed ? lowers && counter.failure() : counter.success();
            health = counter.text(server.userWeight() > 0);
        } finally {
            lock.unlock();
        }
        if (isFailed && isChanged) {
            server.counters().increment(Counters.SHARED, Counter.CHECK_FAILURES);
            server.pool().counters().increment(Counters.SHARED, Counter.CHECK_FAILURES);
        }
        if ((isChanged || result.status() != before) && server.pool().settings().logHealthChecks) {
            report(result, health);
        }
    }

    private void report(CheckResult result, String health) {
        String subject = kind + " check for " + (server.isBackup() ? "backup server " : "server ") + server.path();
        String outcome = result.status().isConditional()
                ? " conditionally succeeded, "
                : result.status().isPassed() ? " succeeded, " : " failed, ";
        String text = subject + outcome + result.reason() + ", status: " + health + ".";
        events.report(server.pool().name(), LogLevel.NOTICE, text);
    }

    /** What a message about the server's state says of the last result: nothing if that has had its own. */
    String cause() {
        return server.pool().settings().logHealthChecks ? "" : ", " + last.reason();
    }

    CheckResult last() {
        return last;
    }

    int value() {
        return counter.value();
    }

    int rise() {
        return counter.rise();
    }

    int fall() {
        return counter.fall();
    }
}
