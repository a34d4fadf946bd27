package dev.weir.sample;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Working memory for evaluation: a stack of samples and a source of randomness. One per event loop; an evaluation never
 * parks, so the sessions of a loop share it one after another. Samples are given back in reverse order.
 */
public final class Scratch {
    private final SplittableRandom random;
    private Sample[] samples = new Sample[4];
    private final CivilTime civilTime = new CivilTime();
    private Object attachment;
    private int taken;

    public Scratch(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Lends a sample; what it holds is undefined. */
    public Sample take() {
        if (taken == samples.length) {
            samples = Arrays.copyOf(samples, taken * 2);
        }
        if (samples[taken] == null) {
            samples[taken] = new Sample(this);
        }
        return samples[taken++];
    }

    public void release(Sample sample) {
        assert samples[taken - 1] == sample : "samples are given back in reverse order";
        taken--;
    }

    /** For dates that are written at once. */
    public CivilTime civilTime() {
        return civilTime;
    }

    /** What a package above keeps here for this loop; one object, null at first. */
    public Object attachment() {
        return attachment;
    }

    public void attach(Object attachment) {
        this.attachment = attachment;
    }

    /** For tests: how many samples are lent. */
    public int lentCount() {
        return taken;
    }

    /** 64 random bits, not for secrets. */
    public long randomLong() {
        return random.nextLong();
    }
}
