package dev.weir.server.check;

import dev.weir.server.ProbeTarget;
import dev.weir.server.Server;
import dev.weir.server.ServerHealth;
import dev.weir.server.check.script.CheckResult;

/** A server's health as a record of the answers to questions that are asked again and again: its checks', its agent's. Any thread. */
abstract class RecordedHealth implements ServerHealth {
    final Server server;
    final CheckRecord record;
    private final TargetOverride target;
    private volatile boolean isEnabled;

    /** @param target where the configuration sends the questions */
    RecordedHealth(Server server, CheckRecord record, ProbeTarget target) {
        this.server = server;
        this.record = record;
        this.target = new TargetOverride(target);
        this.isEnabled = !server.settings().isAddedAtRunTime;
    }

    /** Begins to ask, unless it has begun. Thread: whoever puts configurations in force. */
    abstract void start(long delayMs);

    /** How long to wait for the next answer, by the health as it is. */
    abstract int intervalMs();

    /** Whether it is asked at all has changed: the next question comes at once. */
    abstract void hurry();

    /** After a reload: what was said at run time holds unless the configuration says something new. */
    final void adoptTarget(ProbeTarget configured) {
        target.adopt(configured);
    }

    @Override
    public final int value() {
        return record.value();
    }

    @Override
    public final int rise() {
        return record.rise();
    }

    @Override
    public final int fall() {
        return record.fall();
    }

    @Override
    public final boolean isEnabled() {
        return isEnabled;
    }

    @Override
    public final void enable(boolean isEnabled) {
        this.isEnabled = isEnabled;
        hurry();
    }

    @Override
    public final ProbeTarget target() {
        return target.current();
    }

    @Override
    public final void target(ProbeTarget other) {
        target.set(other);
    }

    /** What the last answer was. */
    public final CheckResult last() {
        return record.last();
    }
}
