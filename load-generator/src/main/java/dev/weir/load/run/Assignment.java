package dev.weir.load.run;

import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Transport;
import dev.weir.load.plan.Plan;
import dev.weir.load.plan.RateProfile;
import dev.weir.load.plan.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Deals the connections of a run to targets, by weight, and to loops, in turn; and each loop its part of the rate and of the number
 * of requests, in proportion to its connections. Thread: main, before the run.
 */
final class Assignment {
    private final Plan plan;
    private final Transport transport;
    private final double weightOfAll;

    private final Runnable onEnd;

    Assignment(Plan plan, Transport transport, Runnable onEnd) {
        this.onEnd = onEnd;
        this.plan = plan;
        this.transport = transport;
        this.weightOfAll = plan.targets.stream().mapToDouble(Target::weight).sum();
    }

    void fill(List<LoopWork> works) {
        int[] connections = connectionsOfTargets(plan);
        long budgetLeft = plan.requests;
        int connectionsLeft = plan.connections;
        List<List<List<Integer>>> places = deal(connections);
        for (int loop = 0; loop < transport.loopCount(); loop++) {
            int own = places.get(loop).stream().mapToInt(List::size).sum();
            long budget = plan.endsByCount() ? budgetLeft * own / Math.max(1, connectionsLeft) : Long.MAX_VALUE;
            budgetLeft -= plan.endsByCount() ? budget : 0;
            connectionsLeft -= own;
            works.add(workOf(loop, budget, connections, places.get(loop)));
        }
    }

    /** Every target has one at least; the rest go where most is missing to the weight's share. */
    static int[] connectionsOfTargets(Plan plan) {
        double weightOfAll = plan.targets.stream().mapToDouble(Target::weight).sum();
        int[] counts = new int[plan.targets.size()];
        java.util.Arrays.fill(counts, 1);
        for (int given = counts.length; given < plan.connections; given++) {
            int neediest = 0;
            double greatestLack = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < counts.length; i++) {
                double lack = plan.targets.get(i).weight() / weightOfAll * plan.connections - counts[i];
                if (lack > greatestLack) {
                    greatestLack = lack;
                    neediest = i;
                }
            }
            counts[neediest]++;
        }
        return counts;
    }

    /** By loop and target: which of the target's connections are the loop's. */
    private List<List<List<Integer>>> deal(int[] connections) {
        List<List<List<Integer>>> places = new ArrayList<>();
        for (int loop = 0; loop < transport.loopCount(); loop++) {
            places.add(new ArrayList<>());
            for (int target = 0; target < connections.length; target++) {
                places.get(loop).add(new ArrayList<>());
            }
        }
        int turn = 0;
        for (int target = 0; target < connections.length; target++) {
            for (int i = 0; i < connections[target]; i++) {
                places.get(turn++ % transport.loopCount()).get(target).add(i);
            }
        }
        return places;
    }

    private LoopWork workOf(int loopIndex, long budget, int[] connections, List<List<Integer>> places) {
        EventLoop loop = transport.loop(loopIndex);
        LoopWork work = new LoopWork(plan, loop, budget, onEnd);
        for (int i = 0; i < connections.length; i++) {
            int[] own = places.get(i).stream().mapToInt(Integer::intValue).toArray();
            if (own.length > 0) {
                addTarget(work, loopIndex, plan.targets.get(i), own, connections[i]);
            }
        }
        return work;
    }

    private void addTarget(LoopWork work, int loopIndex, Target target, int[] places, int placeCount) {
        long seed = plan.seed * 1_000_003 + loopIndex * 31L + plan.targets.indexOf(target);
        Pace pace = plan.isOpenLoop()
                ? openPace(work, target, places, placeCount, seed)
                : new ClosedPace(work.loop(), work, plan, seed);
        int firstJob = loopIndex * target.deck().length / transport.loopCount();
        TargetWork targetWork = new TargetWork(plan, target, pace, firstJob);
        work.add(targetWork);
        for (int place : places) {
            work.add(new User(work, targetWork, connectOptions(place)));
        }
    }

    private Pace openPace(LoopWork work, Target target, int[] places, int placeCount, long seed) {
        RateProfile profile = plan.rate.after(plan.warmupNs);
        double share = target.weight() / weightOfAll;
        return new OpenPace(work.loop(), work, new Schedule(profile, plan.arrivals, share, places, placeCount, seed));
    }

    private ConnectOptions connectOptions(int place) {
        ConnectOptions options = new ConnectOptions();
        if (!plan.sources.isEmpty()) {
            options.source = plan.sources.get(place % plan.sources.size());
        }
        return options;
    }
}
