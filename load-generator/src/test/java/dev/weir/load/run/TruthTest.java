package dev.weir.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.load.origin.Delays;
import dev.weir.load.origin.Stall;
import dev.weir.load.plan.RateProfile;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/**
 * Whether the histogram tells the truth, against servers whose latencies are known. Bounds hold on machines of any speed: a machine
 * can only add to a latency, never take from it.
 */
class TruthTest extends RunFixture {
    private static final long STALL_NS = 600 * MS;

    /** A server that stalls for 600 ms of a second and a half, 400 requests per second, or as many as it answers. */
    private Outcome runAgainstAStall(boolean openLoop) throws Exception {
        plan.requests = Long.MAX_VALUE;
        plan.durationNs = 1500 * MS;
        plan.connections = 2;
        plan.rate = openLoop ? RateProfile.constant(400) : null;
        String address =
                listen(origin(options -> options.stall = new Stall(STALL_NS, 500 * MS, 0)), "http://127.0.0.1:0");
        return run("http://" + address + "/");
    }

    /** Users come on while a server stalls: each of the 240 that come meanwhile waits, those in the first half for half of it or more. */
    @Test
    void shouldShowAStallToEveryRequestThatWasDueInIt() throws Exception {
        Outcome outcome = runAgainstAStall(true);

        Histogram latency = outcome.total.latency;
        assertThat(latency.getMaxValue()).isGreaterThan(STALL_NS - 100 * MS);
        assertThat(latency.getCountBetweenValues(STALL_NS / 2, Tally.TIME_NS_MAX))
                .isGreaterThan(90);
        // Counted from sending, only those see it that were on their way: one for each connection.
        assertThat(outcome.total.service.getCountBetweenValues(STALL_NS / 2, Tally.TIME_NS_MAX))
                .isLessThanOrEqualTo(2);
    }

    /** What coordinated omission hides: the closed loop waits with the server, and sees the stall once for each connection. */
    @Test
    void shouldHideAStallInAClosedLoop() throws Exception {
        Outcome outcome = runAgainstAStall(false);

        // A busy machine may have both sides come late to the stall: nobody waits for all of it then.
        assertThat(outcome.total.latency.getCountBetweenValues(STALL_NS / 2, Tally.TIME_NS_MAX))
                .isBetween(1L, 2L);
    }

    /** Half of all answers take 5 ms, 40 % 20 ms, 9 % 60 ms, 1 % 150 ms: that is what the percentiles have to say. */
    @Test
    void shouldFindTheDistributionThatTheServerHas() throws Exception {
        plan.requests = 1000;
        plan.connections = 50;
        plan.rate = RateProfile.constant(500);
        Delays delays = Delays.parse("50%:5ms,40%:20ms,9%:60ms,1%:150ms", 7);
        String address = listen(origin(options -> options.delays = delays), "http://127.0.0.1:0");

        Outcome outcome = run("http://" + address + "/");

        Histogram service = outcome.total.service;
        assertThat(outcome.answered()).isEqualTo(1000);
        assertThat(service.getMinValue()).isGreaterThanOrEqualTo(roundedDown(5 * MS));
        assertSharesAtLeast(service, 5 * MS, 1);
        assertSharesAtLeast(service, 20 * MS, 0.47);
        assertSharesAtLeast(service, 60 * MS, 0.085);
        assertSharesAtLeast(service, 150 * MS, 0.006);
        assertThat(outcome.total.latency.getCountBetweenValues(0, 5 * MS - MS)).isZero();
        assertThat(outcome.total.latency.getMean()).isGreaterThanOrEqualTo(service.getMean());
    }

    private static void assertSharesAtLeast(Histogram histogram, long ns, double share) {
        double found = (double) histogram.getCountBetweenValues(roundedDown(ns), Tally.TIME_NS_MAX)
                / histogram.getTotalCount();
        assertThat(found).as("share of %d ns and more", ns).isGreaterThanOrEqualTo(share);
    }

    /** A histogram of three digits, and clocks that are read once a turn on both sides. */
    private static long roundedDown(long ns) {
        return ns - ns / 500 - 100_000;
    }

    /** The same numbers however they are counted: each answer is held back by the same time, and no slower than it was seen. */
    @Test
    void shouldAgreeInOpenAndClosedLoopWhereNothingStalls() throws Exception {
        plan.requests = 100;
        plan.connections = 20;
        String address = listen(origin(options -> options.delays = Delays.parse("10ms", 1)), "http://127.0.0.1:0");
        Outcome closed = run("http://" + address + "/");
        plan.rate = RateProfile.constant(500);
        Outcome open = run("http://" + address + "/");

        assertThat(closed.total.latency.getMinValue()).isBetween(roundedDown(10 * MS), SECOND);
        assertThat(open.total.latency.getMinValue()).isBetween(roundedDown(10 * MS), SECOND);
    }
}
