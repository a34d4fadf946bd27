package dev.weir.sample;

import dev.weir.stream.Stream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Working memory for evaluation: a stack of samples and a source of randomness. One per event loop; an evaluation never
 * parks, so the sessions of a loop share it one after another. Samples are given back in reverse order.
 */
public final class Scratch {
    private final SplittableRandom random;
    private Sample[] samples = new Sample[4];
    private final CivilTime civilTime = new CivilTime();
    private Object attachment;
    private UnsafeBuffer key = new UnsafeBuffer(new byte[64]);
    private int taken;
    private RuleWatch watch;
    /** Made for the first that needs it: most never do. */
    private RequestPeek requestPeek;

    public Scratch(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Looks for a request where HTTP is not spoken. */
    public RequestPeek requestPeek() {
        if (requestPeek == null) {
            requestPeek = new RequestPeek();
        }
        return requestPeek;
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

    /** Room for a key that is used at once. */
    UnsafeBuffer key(int bytes) {
        if (key.capacity() < bytes) {
            key = new UnsafeBuffer(new byte[bytes]);
        }
        return key;
    }

    /** The lower half of a number in network byte order. */
    UnsafeBuffer key(int bytes, long number) {
        key(bytes).putInt(0, (int) number, ByteOrder.BIG_ENDIAN);
        return key;
    }

    /** A number of 128 bits in network byte order. */
    UnsafeBuffer key(long high, long low) {
        key(16).putLong(0, high, ByteOrder.BIG_ENDIAN);
        key.putLong(8, low, ByteOrder.BIG_ENDIAN);
        return key;
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

    /** Null but for a request that is made up. */
    public RuleWatch watch() {
        return watch;
    }

    public void watch(RuleWatch watch) {
        this.watch = watch;
    }

    /** Tests a rule's condition, and says so if somebody watches. */
    public Verdict judge(String file, int line, StreamTest condition, Stream stream) {
        Verdict verdict = condition.test(stream, this);
        if (watch != null) {
            watch.judged(file, line, condition, verdict);
        }
        return verdict;
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
