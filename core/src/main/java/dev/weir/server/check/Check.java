package dev.weir.server.check;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.server.CheckSettings;
import dev.weir.server.HealthEvents;
import dev.weir.server.Observation;
import dev.weir.server.ObserveSettings;
import dev.weir.server.Server;
import dev.weir.server.ServerState;
import dev.weir.server.check.script.CheckResult;
import dev.weir.server.check.script.CheckScript;
import dev.weir.server.check.script.CheckStatus;
import dev.weir.server.check.script.ScriptProbe;
import dev.weir.stream.ProcessView;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The checks of one server: runs their script again and again, counts successes and failures, and moves the server up and down.
 * It lives as long as its server, over reloads.
 */
public final class Check extends RecordedHealth {
    private final ScriptProbe probe;
    private final CheckTask task;
    private final AtomicInteger consecutiveErrors = new AtomicInteger();
    private volatile CheckScript script;

    Check(
            Server server,
            EventLoop loop,
            HealthEvents events,
            ProcessView process,
            CheckScript script,
            int spreadPercent) {
        super(
                server,
                new CheckRecord(server, events, "Health", server.settings().check),
                server.settings().check.target);
        this.probe = new ScriptProbe(process, server);
        this.script = script;
        this.task = new CheckTask(loop, new Work(), spreadPercent, server.id() * 0x9E3779B97F4A7C15L | 1);
    }

    // ---- life ----

    @Override
    void start(long delayMs) {
        task.start(delayMs);
    }

    void stop() {
        task.stop();
    }

    /** After a reload: other limits and another script may hold. */
    void adopt(CheckScript wanted) {
        script = wanted;
        adoptTarget(server.settings().check.target);
        record.adopt(server.settings().check);
    }

    private final class Work implements CheckTask.Work {
        @Override
        public boolean run(EventLoop loop) {
            CheckSettings settings = server.settings().check;
            if (server.isInMaintenance() || settings == null || !isEnabled()) {
                return true;
            }
            CheckResult result = probe.run(script, loop, target(), settings.interMs);
            if (result != null) {
                probed(result);
            }
            return result != null;
        }

        @Override
        public int intervalMs() {
            return Check.this.intervalMs();
        }
    }

    /** By the health: {@code inter} when nothing changes, {@code downinter} when down for good, else {@code fastinter}. */
    @Override
    int intervalMs() {
        CheckSettings settings = server.settings().check;
        if (settings == null) {
            return new CheckSettings().interMs; // a reload took the check away
        }
        if (isFull()) {
            return settings.interMs;
        }
        int special = isDead() ? settings.downInterMs : settings.fastInterMs;
        return special > 0 ? special : settings.interMs;
    }

    private boolean isDead() {
        return value() == 0 && server.state() == ServerState.STOPPED;
    }

    // ---- results ----

    private void probed(CheckResult result) {
        if (!server.isInMaintenance() && isEnabled()) { // it may have gone while the check ran
            found(result);
        }
    }

    private void found(CheckResult result) {
        record.record(result, true);
        if (result.status().isPassed()) {
            consecutiveErrors.set(0);
            passed(result.status().isConditional());
        } else if (value() == 0) {
            server.pool().control().stop(server, record.cause());
        }
    }

    /** Nobody may say that it is down. */
    private void passed(boolean isConditional) {
        if (!isUp() || !HealthChecks.isUp(server.agent())) {
            return;
        }
        if (isConditional) {
            server.pool().control().quiesce(server, record.cause());
        } else {
            server.pool().control().run(server, record.cause());
        }
    }

    // ---- ServerHealth ----

    @Override
    public void resume() {
        CheckSettings settings = server.settings().check;
        if (settings != null && isEnabled()) {
            record.restart(settings.initialState);
        }
    }

    @Override
    void hurry() {
        task.hurry(0);
    }

    @Override
    public void observed(Observation observation) {
        if (!isEnabled()) {
            return;
        }
        if (!observation.isError()) {
            if (consecutiveErrors.get() != 0) {
                consecutiveErrors.set(0);
            }
            return;
        }
        ObserveSettings observe = server.settings().observe;
        int limit = observe.errorLimit();
        int errors = consecutiveErrors.updateAndGet(before -> before >= limit ? 1 : before + 1);
        if (errors >= limit) {
            consecutiveErrors.set(0);
            act(observe.onError(), errors, observation);
        }
    }

    private void act(ObserveSettings.OnError onError, int errors, Observation last) {
        if (onError != ObserveSettings.OnError.FASTINTER) {
            lowerBefore(onError);
            String info = "Detected " + errors + " consecutive errors, last one was: " + last.text();
            found(new CheckResult(CheckStatus.HANA, info, -1));
        }
        int fastInterMs = server.settings().check.fastInterMs;
        if (fastInterMs > 0) {
            // Checks that pass would bring a server back at once that traffic has just taken down.
            task.hurry(isDead() ? intervalMs() : fastInterMs);
        }
    }

    private void lowerBefore(ObserveSettings.OnError onError) {
        if (onError == ObserveSettings.OnError.SUDDEN_DEATH) {
            record.lowerTo(2);
        } else if (onError == ObserveSettings.OnError.MARK_DOWN) {
            record.lowerTo(1);
        }
    }

    /** {@code set server health}: as if checks had found it so. The server's state is the caller's matter. */
    public void assume(boolean isUp) {
        record.set(isUp);
    }

    /**
     * What was known of the server before the process began. Before {@link #start}.
     *
     * @param status of the last check, or null
     */
    public void restore(int value, CheckStatus status) {
        record.restore(value, status);
    }
}
