package dev.weir.bridge.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ring by itself, with requests that need no peer: waiting for an eventfd that is readable all the time. */
@Timeout(60)
class RingTest {
    private static final int POLL_IN = 1;
    private static final RingForm FROM_THE_FUTURE = new RingForm(1 << 30, "something new (Linux 9.9)");

    private final Kernel kernel = new Kernel();
    private final List<Long> completed = new ArrayList<>();
    private final List<Integer> results = new ArrayList<>();
    private int readable;
    private Ring ring;

    @BeforeEach
    void openAReadableFile() {
        assumeTrue(Kernel.refusal() == null, Kernel::refusal);
        readable = kernel.eventfd(1, 0);
    }

    @AfterEach
    void close() {
        if (ring != null) {
            ring.close();
        }
        kernel.close(readable);
    }

    private void open(int submissions, int completions, List<RingForm> forms) {
        try {
            ring = new Ring(kernel, submissions, completions, forms);
        } catch (TransportException e) {
            assumeTrue(e.errno() != Errno.EPERM && e.errno() != Errno.ENOSYS, e.getMessage());
            throw new AssertionError(e);
        }
        ring.enable();
    }

    private void open(int submissions, int completions) {
        open(submissions, completions, RingForm.BEST_FIRST);
    }

    private void poll(int count) {
        for (int i = 0; i < count; i++) {
            ring.next().poll(readable, POLL_IN, i);
        }
    }

    private void note(long userData, int result, int flags) {
        completed.add(userData);
        results.add(result);
    }

    private void drainUntil(int count) {
        while (completed.size() < count) {
            ring.submitAndWait(1);
            ring.drain(this::note);
        }
    }

    // ---- forms ----

    @Test
    void shouldWorkInEveryFormThatThisKernelKnows() {
        for (RingForm form : RingForm.BEST_FIRST) {
            if (isKnown(form)) {
                assertWorksIn(form);
            }
        }
    }

    private boolean isKnown(RingForm form) {
        try {
            new Ring(kernel, 8, 16, List.of(form)).close();
            return true;
        } catch (TransportException e) {
            return e.errno() != Errno.EINVAL;
        }
    }

    private void assertWorksIn(RingForm form) {
        completed.clear();
        open(8, 16, List.of(form));

        poll(3);
        drainUntil(3);

        assertThat(completed).as(form.newest()).containsExactly(0L, 1L, 2L);
        ring.close();
        ring = null;
    }

    @Test
    void shouldTakeTheNextFormWhenTheKernelRefusesOneAndSaySo() {
        List<RingForm> forms = new ArrayList<>(RingForm.BEST_FIRST);
        forms.addFirst(FROM_THE_FUTURE);

        open(8, 16, forms);

        assertThat(ring.description()).contains("kernel refuses something new (Linux 9.9)");
        poll(1);
        drainUntil(1);
    }

    @Test
    void shouldSayWhichKernelIsNeededWhenEveryFormIsRefused() {
        assertThatThrownBy(() -> new Ring(kernel, 8, 16, List.of(FROM_THE_FUTURE)))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("io_uring_setup")
                .satisfiesAnyOf(
                        e -> assertThat(e).hasMessageContaining("Linux 6.0 or later is needed"),
                        e -> assertThat(e).hasMessageContaining("not permitted"),
                        e -> assertThat(e).hasMessageContaining("no io_uring"));
    }

    @Test
    void shouldExplainRefusalsToTheOperator() {
        assertThat(RingSetup.explain(Errno.EPERM)).contains("io_uring_disabled", "seccomp");
        assertThat(RingSetup.explain(Errno.ENOSYS)).contains("no io_uring");
        assertThat(RingSetup.explain(Errno.ENOMEM)).contains("RLIMIT_MEMLOCK");
        assertThat(RingSetup.explain(Errno.EMFILE)).isEqualTo("Too many open files");
    }

    // ---- limits ----

    @Test
    void shouldSubmitByItselfWhenTheQueueIsFull() {
        open(8, 1024);

        poll(100);
        assertThat(ring.unsubmitted()).isLessThanOrEqualTo(8);
        drainUntil(100);

        assertThat(completed).containsExactlyElementsOf(numbers(100));
        assertThat(ring.submissions()).isEqualTo(100);
    }

    @Test
    void shouldLoseNothingWhenMoreCompletesThanTheRingHolds() {
        open(8, 16);

        poll(500);
        ring.submitNow();
        assertThat(ring.kernelHasWork()).isTrue();
        drainUntil(500);

        assertThat(completed).containsExactlyElementsOf(numbers(500));
        assertThat(results).containsOnly(POLL_IN);
        assertThat(ring.completions()).isEqualTo(500);
    }

    private static List<Long> numbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    @Test
    void shouldWaitNoLongerThanAsked() {
        open(8, 16);

        ring.submitAndWait(1, 1_000_000);

        assertThat(ring.hasCompletions()).isFalse();
        assertThat(ring.drain(this::note)).isZero();
    }

    @Test
    void shouldCompleteACancelledRequestOnce() {
        open(8, 16);
        int silent = kernel.eventfd(0, 0);
        ring.next().poll(silent, POLL_IN, 7);
        ring.next().cancel(7, 8);

        drainUntil(1);

        assertThat(completed).containsExactly(7L);
        assertThat(results).containsExactly(-Errno.ECANCELED);
        kernel.close(silent);
    }

    @Test
    void shouldTellThatThereWasNothingToCancel() {
        open(8, 16);
        ring.next().cancel(7, 8);

        drainUntil(1);

        assertThat(completed).containsExactly(8L);
        assertThat(results).containsExactly(-Errno.ENOENT);
    }

    @Test
    void shouldCloseQuietlyUnlessItFails() {
        open(8, 16);
        int file = kernel.eventfd(0, 0);
        ring.next().close(file, 1);
        ring.next().close(file, 2);

        drainUntil(1);

        assertThat(completed).containsExactly(2L);
        assertThat(results).containsExactly(-Errno.EBADF);
    }
}
