package dev.weir.load.run;

import dev.weir.load.plan.Arrivals;
import dev.weir.load.plan.RateProfile;
import java.util.SplittableRandom;

/**
 * When the requests of one pace are due: a loop's part of a target's part of the whole rate. Evenly spaced, the requests of all
 * loops together are; at random, the parts of a Poisson process are such processes themselves. Thread: the loop's.
 */
final class Schedule {
    private final RateProfile profile;
    private final double share;
    private final int[] places;
    private final int placeCount;
    private final SplittableRandom random;
    private long startNs;
    private long taken;
    private double count;

    /**
     * @param profile of the whole run
     * @param share of the target in the whole rate
     * @param places which of every {@code placeCount} requests of the target are this loop's
     */
    Schedule(RateProfile profile, Arrivals arrivals, double share, int[] places, int placeCount, long seed) {
        this.profile = profile;
        this.share = share;
        this.places = places;
        this.placeCount = placeCount;
        this.random = arrivals == Arrivals.POISSON ? new SplittableRandom(seed) : null;
    }

    void start(long startNs) {
        this.startNs = startNs;
    }

    /** The next request's time, in nanoseconds of the loop's clock; {@link Long#MAX_VALUE} after the last. */
    long next() {
        double before = random == null ? evenly() : randomly();
        long afterNs = profile.timeNs(before / share);
        return afterNs == Long.MAX_VALUE ? Long.MAX_VALUE : startNs + afterNs;
    }

    private double evenly() {
        long round = taken / places.length;
        int place = places[(int) (taken % places.length)];
        taken++;
        return (double) round * placeCount + place;
    }

    private double randomly() {
        count -= Math.log(1 - random.nextDouble()) * placeCount / places.length;
        return count;
    }
}
