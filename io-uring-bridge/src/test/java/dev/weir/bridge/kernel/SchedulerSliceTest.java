package dev.weir.bridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class SchedulerSliceTest {
    private final SchedulerSlice slice = new SchedulerSlice(new Kernel());

    @Test
    void shouldChangeTheCallingThreadsSliceAndPutItBack() {
        long normal = slice.ns();
        assumeTrue(normal > 0, "this kernel does not tell slices (Linux 6.12 does)");

        assertThat(slice.set(normal * 3 / 2)).isZero();
        assertThat(slice.ns()).isEqualTo(normal * 3 / 2);
        assertThat(slice.set(normal)).isZero();
        assertThat(slice.ns()).isEqualTo(normal);
    }

    @Test
    void shouldLeaveOtherThreadsAlone() throws InterruptedException {
        long normal = slice.ns();
        assumeTrue(normal > 0, "this kernel does not tell slices (Linux 6.12 does)");
        long[] seen = new long[1];
        Thread other = Thread.ofPlatform().unstarted(() -> {
            SchedulerSlice own = new SchedulerSlice(new Kernel());
            own.set(own.ns() * 2);
            seen[0] = own.ns();
        });
        other.start();
        other.join();

        assertThat(seen[0]).isEqualTo(normal * 2);
        assertThat(slice.ns()).isEqualTo(normal);
    }
}
