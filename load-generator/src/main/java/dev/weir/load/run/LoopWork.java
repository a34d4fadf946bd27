package dev.weir.load.run;

import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.load.loop.Clockwork;
import dev.weir.load.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * One loop's part of a run: its users, what they count, and when it begins, measures and ends. Thread: the loop's, except what says
 * otherwise.
 */
final class LoopWork {
    /** So many connections are opened at a time before the clock starts: a backlog is short. */
    private static final int OPENING_MAX = 64;

    private final Plan plan;
    private final EventLoop loop;
    private final Clockwork clockwork;
    private final List<TargetWork> targets = new ArrayList<>();
    private final List<User> users = new ArrayList<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Runnable onEnd;
    private Tally tally = new Tally();
    private Tally spare = new Tally();
    /** Takes over where measuring begins, so that nothing has to be cleared just then. */
    private final Tally measured = new Tally();

    /** What the warm-up counted and nobody has fetched. */
    private Tally warmupRest;

    private long budget;
    private long measureFromNs;
    private long endNs = Long.MAX_VALUE;
    private long lastAnswerNs;
    private int startedUsers;
    private int readyUsers;
    private int endedUsers;
    private boolean begun;
    private boolean going = true;
    private boolean aborted;
    private boolean measuring;
    private boolean everConnected;
    /** Any thread reads it: why the first connection could not be had, null if some was. */
    private volatile String connectProblem;

    /** {@code onEnd}: told by the loop when its last user has ended. */
    LoopWork(Plan plan, EventLoop loop, long budget, Runnable onEnd) {
        this.plan = plan;
        this.onEnd = onEnd;
        this.loop = loop;
        this.budget = budget;
        this.clockwork = new Clockwork(loop);
    }

    Plan plan() {
        return plan;
    }

    EventLoop loop() {
        return loop;
    }

    Clockwork clockwork() {
        return clockwork;
    }

    Tally tally() {
        return tally;
    }

    // ---- before it begins; main thread ----

    void add(TargetWork target) {
        targets.add(target);
    }

    void add(User user) {
        users.add(user);
    }

    /** From any thread: has the first connections opened; the rest follow as these are there. */
    void open() {
        loop.execute(() -> {
            for (int i = 0; i < OPENING_MAX; i++) {
                startNextUser();
            }
        });
    }

    private void startNextUser() {
        if (startedUsers < users.size()) {
            loop.start(users.get(startedUsers++));
        }
    }

    /** A user has its connection, or could not have one, or will have one later. */
    void onReady(boolean isConnected) {
        startNextUser();
        if (++readyUsers == users.size()) {
            ready.countDown();
        }
    }

    boolean mayConnect() {
        return !aborted;
    }

    CountDownLatch ready() {
        return ready;
    }

    CountDownLatch ended() {
        return ended;
    }

    /** From any thread: the clock starts at a time that is the same for all loops. */
    void begin(long startNs) {
        loop.execute(() -> beginHere(startNs));
    }

    private void beginHere(long startNs) {
        if (aborted) {
            return;
        }
        measureFromNs = startNs + plan.warmupNs;
        lastAnswerNs = measureFromNs;
        targets.forEach(target -> target.pace().start(startNs));
        clockwork.set(new Event(this::letGo), startNs);
        if (plan.warmupNs > 0) {
            clockwork.set(new Event(this::measure), measureFromNs);
        }
        if (plan.durationNs != Long.MAX_VALUE) {
            endNs = measureFromNs + plan.durationNs;
            clockwork.set(new Event(() -> end(endNs)), endNs);
        }
    }

    private void letGo() {
        begun = true;
        if (plan.warmupNs == 0) {
            measure();
        }
        users.forEach(User::wake);
    }

    /** Something that happens once. */
    private static final class Event extends Clockwork.Alarm {
        private final Runnable task;

        Event(Runnable task) {
            this.task = task;
        }

        @Override
        protected void ring() {
            task.run();
        }
    }

    boolean hasBegun() {
        return begun || aborted;
    }

    // ---- while it runs ----

    private void measure() {
        warmupRest = tally;
        tally = measured;
        measuring = true;
    }

    boolean isGoing() {
        return going;
    }

    boolean isAborted() {
        return aborted;
    }

    /** Whether another request may be sent; counts it. */
    boolean takeFromBudget() {
        if (!going) {
            return false;
        }
        if (plan.endsByCount() && measuring && --budget == 0) {
            end(Long.MIN_VALUE);
        }
        return true;
    }

    /** Answers to requests that were due in the warm-up are nobody's business once measuring has begun. */
    private boolean counts(long dueNs) {
        return !measuring || dueNs >= measureFromNs;
    }

    void onAnswer(long dueNs, long sentNs, ErrorKind mistake, int status) {
        if (!counts(dueNs)) {
            return;
        }
        tally.status(status);
        long now = loop.nanoTime();
        lastAnswerNs = now;
        if (mistake != null) {
            tally.error(mistake);
            tally.failed++;
            return;
        }
        if (now <= endNs) {
            tally.requests++;
        } else {
            tally.afterEnd++;
        }
        Tally.record(tally.latency, now - dueNs);
        if (plan.isOpenLoop()) {
            Tally.record(tally.service, now - sentNs);
        }
    }

    void onFailed(long dueNs) {
        if (counts(dueNs)) {
            lastAnswerNs = loop.nanoTime();
            tally.failed++;
        }
    }

    void onError(ErrorKind kind) {
        tally.error(kind);
    }

    /** How late this program was itself with a request whose user was waiting for it. */
    void noteDelay(long dueNs) {
        Tally.record(tally.delay, loop.nanoTime() - dueNs);
    }

    void onConnected(long tookNs) {
        everConnected = true;
        connectProblem = null;
        tally.connections++;
        Tally.record(tally.connect, tookNs);
    }

    void onConnectFailure(String target, ConnectionFailure failure) {
        if (!everConnected) {
            connectProblem = "cannot connect to " + target + ": " + failure.getMessage();
        }
    }

    /** From any thread, when the users are ready: why none of them could connect, or null. */
    String connectProblem() {
        return connectProblem;
    }

    // ---- the end ----

    /** No request is sent any more; those on their way are waited for, as long as each one's time-out lets them. */
    private void end(long endNs) {
        if (!going) {
            return;
        }
        going = false;
        for (TargetWork target : targets) {
            tally.unsent += target.pace().end(endNs);
        }
        users.forEach(User::wake);
    }

    /** From any thread: everything stops as it is. */
    void abort() {
        loop.execute(() -> {
            aborted = true;
            end(Long.MIN_VALUE);
            users.forEach(User::abort);
        });
    }

    void onUserEnd() {
        if (++endedUsers == users.size()) {
            ended.countDown();
            onEnd.run();
        }
    }

    // ---- for the main thread ----

    /**
     * From any thread but the loop's: hands over what was counted since the last time. The caller clears it when he has read it:
     * the loop gets it back with the next call.
     *
     * @param ofWarmup leaves what was measured since where it is
     */
    CompletableFuture<Tally> handOver(boolean ofWarmup) {
        CompletableFuture<Tally> handed = new CompletableFuture<>();
        loop.execute(() -> handed.complete(ofWarmup && measuring ? warmupRest : swap()));
        return handed;
    }

    private Tally swap() {
        Tally full = tally;
        tally = spare;
        spare = full;
        return full;
    }

    /** After the end: when the last request was answered or had failed. */
    long lastAnswerNs() {
        return lastAnswerNs;
    }
}
