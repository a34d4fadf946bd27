package dev.weir.load.run;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.Transports;
import dev.weir.load.plan.Plan;
import dev.weir.load.plan.RateProfile;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A whole run: opens the loops, gives them their users, collects what they count every second, and ends. Thread: main; only
 * {@link #interrupt} may come from another.
 */
public final class Run {
    private static final long SECOND_NS = 1_000_000_000L;
    /** From the order to begin until the clock starts: every loop has it by then. */
    private static final long HEAD_START_NS = 5_000_000;
    /** Answers that come later than their time-out are given up, so this is not reached unless a loop hangs. */
    private static final long DRAIN_GRACE_NS = 5 * SECOND_NS;

    private final Plan plan;
    private final RunObserver observer;
    private final Consumer<String> log;
    private final Outcome outcome;
    private final List<LoopWork> works = new ArrayList<>();
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Tally second = new Tally();
    private final LoopLoad loopLoad = new LoopLoad();
    private final Thread mainThread = Thread.currentThread();
    private volatile boolean interrupted;
    private long measureFromNs;
    private long lastCollectedNs;
    private long processCpuNs;

    public Run(Plan plan, RunObserver observer, Consumer<String> log) {
        this.plan = plan;
        this.observer = observer;
        this.log = log;
        this.outcome = new Outcome(plan);
    }

    /** From any thread: ends the run at once; what was measured so far is kept. */
    public void interrupt() {
        interrupted = true;
        wakeUp();
    }

    private void wakeUp() {
        LockSupport.unpark(mainThread);
    }

    /** Blocks until the run is over. */
    public Outcome execute() {
        try (Transport transport = Transports.open(plan.transport, transportOptions())) {
            outcome.transport = transport.description();
            new Assignment(plan, transport, this::wakeUp).fill(works);
            if (openConnections()) {
                begin(transport);
                collectUntilEnd();
            } else {
                outcome.isInterrupted = interrupted;
                abort();
            }
        } catch (TransportException e) {
            outcome.problem = e.getMessage();
        }
        return outcome;
    }

    private TransportOptions transportOptions() {
        TransportOptions options = new TransportOptions();
        options.loops = plan.loops;
        options.cpuMasks = plan.cpuMasks;
        options.spinNs = plan.spinNs;
        options.splice = false;
        options.log = log;
        return options;
    }

    // ---- the start ----

    private boolean openConnections() {
        works.forEach(LoopWork::open);
        for (LoopWork work : works) {
            while (!await(work.ready())) {
                if (interrupted) {
                    return false;
                }
            }
        }
        for (LoopWork work : works) {
            if (work.connectProblem() == null) {
                return true;
            }
        }
        outcome.problem = works.getFirst().connectProblem();
        return false;
    }

    private void begin(Transport transport) {
        long startNs = System.nanoTime() + HEAD_START_NS;
        measureFromNs = startNs + plan.warmupNs;
        lastCollectedNs = startNs;
        outcome.startEpochMs = System.currentTimeMillis() + (measureFromNs - System.nanoTime()) / 1_000_000;
        works.forEach(work -> work.begin(startNs));
        loopLoad.watch(transport);
        observer.onStart(outcome);
    }

    // ---- while it runs ----

    private void collectUntilEnd() {
        if (plan.warmupNs > 0) {
            collectEverySecond(lastCollectedNs, measureFromNs, true);
        }
        loopLoad.start();
        processCpuNs = process.getProcessCpuTime();
        long endNs = plan.durationNs == Long.MAX_VALUE ? Long.MAX_VALUE : measureFromNs + plan.durationNs;
        collectEverySecond(measureFromNs, endNs, false);
        long endedNs = System.nanoTime();
        long spentNs = Math.max(1, Math.min(endNs, endedNs) - measureFromNs);
        outcome.loopLoad = loopLoad.greatest(spentNs);
        outcome.processLoad = (double) (process.getProcessCpuTime() - processCpuNs) / spentNs;
        outcome.isInterrupted = interrupted;
        if (interrupted) {
            abort();
        }
        awaitEnds();
        outcome.elapsedNs = elapsedNs(spentNs);
        collect(measureFromNs + outcome.elapsedNs, false);
    }

    private void collectEverySecond(long fromNs, long untilNs, boolean isWarmup) {
        for (long boundaryNs = fromNs + SECOND_NS; ; boundaryNs += SECOND_NS) {
            long whenNs = Math.min(boundaryNs, untilNs);
            if (!sleepUntil(whenNs)) {
                return;
            }
            if (whenNs < untilNs || isWarmup) {
                collect(whenNs, isWarmup);
            }
            if (whenNs == untilNs) {
                return;
            }
            if (!isWarmup && plan.abortOnFail && isLost()) {
                outcome.isAbortedByThreshold = true;
                interrupted = true;
                return;
            }
        }
    }

    private boolean isLost() {
        outcome.elapsedNs = lastCollectedNs - measureFromNs;
        return outcome.missed().stream()
                .anyMatch(threshold -> threshold.isUpperBound() || outcome.elapsedNs >= SECOND_NS);
    }

    /** False if the run ends before. */
    private boolean sleepUntil(long ns) {
        while (!interrupted) {
            long leftNs = ns - System.nanoTime();
            if (leftNs <= 0) {
                return true;
            }
            if (haveAllEnded()) {
                return false;
            }
            LockSupport.parkNanos(leftNs);
        }
        return false;
    }

    private boolean haveAllEnded() {
        return works.stream().allMatch(work -> work.ended().getCount() == 0);
    }

    private void collect(long boundaryNs, boolean isWarmup) {
        second.reset();
        long lengthNs = Math.max(1, boundaryNs - lastCollectedNs);
        for (LoopWork work : works) {
            Tally part = work.handOver(isWarmup).join();
            second.add(part);
            if (!isWarmup && lengthNs > SECOND_NS / 2) {
                outcome.loopRates.add(part.requests * 1e9 / lengthNs);
            }
            part.reset();
        }
        if (!isWarmup) {
            outcome.total.add(second);
        }
        long startNs = lastCollectedNs - measureFromNs;
        Second summary = Second.of(second, isWarmup, startNs, lengthNs, wanted(startNs, lengthNs));
        lastCollectedNs = boundaryNs;
        outcome.seconds.add(summary);
        observer.onSecond(outcome, summary, second);
    }

    private double wanted(long startNs, long lengthNs) {
        RateProfile rate = plan.rate;
        if (rate == null) {
            return Double.NaN;
        }
        return startNs < 0 ? rate.rateAt(0) * lengthNs / 1e9 : rate.countIn(startNs + lengthNs) - rate.countIn(startNs);
    }

    // ---- the end ----

    private void abort() {
        works.forEach(LoopWork::abort);
        awaitEnds();
    }

    private void awaitEnds() {
        long giveUpNs = System.nanoTime() + plan.timeoutNs + plan.connectTimeoutNs + DRAIN_GRACE_NS;
        for (LoopWork work : works) {
            while (!await(work.ended())) {
                if (interrupted) {
                    works.forEach(LoopWork::abort);
                }
                if (System.nanoTime() > giveUpNs) {
                    log.accept("ALERT users of a loop have not ended in time");
                    return;
                }
            }
        }
    }

    private boolean await(java.util.concurrent.CountDownLatch latch) {
        try {
            return latch.await(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        }
    }

    /** A run that ends by a count is as long as its last answer says. */
    private long elapsedNs(long spentNs) {
        if (!plan.endsByCount()) {
            return spentNs;
        }
        long lastNs = works.stream().mapToLong(LoopWork::lastAnswerNs).max().orElseThrow();
        return Math.clamp(lastNs - measureFromNs, 1, spentNs);
    }
}
