package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.transport.uring.Courtesy.FEW;
import static dev.weir.bridge.transport.uring.Courtesy.WINDOW;
import static dev.weir.bridge.transport.uring.Courtesy.WINDOWS_UNTIL_NEXT_TRY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SchedulerSlice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CourtesyTest {
    private final SchedulerSlice slice = new SchedulerSlice(new Kernel());
    private final long normalNs = slice.ns();
    private final Courtesy courtesy = new Courtesy(slice);

    @AfterEach
    void putTheSliceBack() {
        slice.set(normalNs);
    }

    /** Turns that submit so much; returns in how many of them the loop went second. */
    private int turns(int count, int asked, boolean hasAnswer) {
        int second = 0;
        for (int i = 0; i < count; i++) {
            if (courtesy.goesSecond(asked)) {
                second++;
                courtesy.onSubmitted(hasAnswer);
            }
        }
        return second;
    }

    @Test
    void shouldNotBeginBeforeAWindowHasShownWhatTheLoadIs() {
        assertThat(turns(WINDOW, 1, true)).isZero();
        assertThat(turns(1, 1, true)).isEqualTo(1);
    }

    @Test
    void shouldGoOnWhileAnswersAreThere() {
        turns(WINDOW, FEW, true);

        assertThat(turns(10 * WINDOW, FEW, true)).isEqualTo(10 * WINDOW);
    }

    @Test
    void shouldStopForSomeTimeWhenNoAnswersAreThere() {
        turns(WINDOW, 1, false);

        assertThat(turns(WINDOW, 1, false)).as("the try").isEqualTo(WINDOW);
        assertThat(turns(WINDOWS_UNTIL_NEXT_TRY * WINDOW, 1, true)).as("rest").isZero();
        assertThat(turns(2 * WINDOW, 1, true)).as("the next try").isPositive();
    }

    @Test
    void shouldLeaveAloneALoopThatHasMuchToSubmit() {
        assertThat(turns(20 * WINDOW, FEW + 1, true)).isZero();
    }

    @Test
    void shouldStopWhenThereIsMuchToSubmit() {
        turns(2 * WINDOW, 1, true);

        assertThat(turns(3 * WINDOW, FEW + 1, true)).isZero();
        assertThat(turns(WINDOW, 1, true)).isZero();
    }

    @Test
    void shouldNotCountTurnsThatSubmitNothing() {
        assertThat(turns(10 * WINDOW, 0, true)).isZero();
        assertThat(turns(WINDOW, 1, true)).isZero();
    }

    /** On kernels that know no slices both are 0. */
    @Test
    void shouldHaveALongerSliceThanOthersAsLongAsItLasts() {
        turns(WINDOW + 1, 1, false);
        assertThat(slice.ns()).isEqualTo(normalNs * 3 / 2);

        turns(WINDOW, 1, false);
        assertThat(slice.ns()).isEqualTo(normalNs);
    }
}
