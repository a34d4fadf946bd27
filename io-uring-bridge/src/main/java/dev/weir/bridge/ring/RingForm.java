package dev.weir.bridge.ring;

import static dev.weir.bridge.ring.UringConstants.SETUP_CLAMP;
import static dev.weir.bridge.ring.UringConstants.SETUP_COOP_TASKRUN;
import static dev.weir.bridge.ring.UringConstants.SETUP_CQSIZE;
import static dev.weir.bridge.ring.UringConstants.SETUP_DEFER_TASKRUN;
import static dev.weir.bridge.ring.UringConstants.SETUP_NO_SQARRAY;
import static dev.weir.bridge.ring.UringConstants.SETUP_R_DISABLED;
import static dev.weir.bridge.ring.UringConstants.SETUP_SINGLE_ISSUER;
import static dev.weir.bridge.ring.UringConstants.SETUP_SUBMIT_ALL;
import static dev.weir.bridge.ring.UringConstants.SETUP_TASKRUN_FLAG;

import java.util.List;

/**
 * What to ask of the kernel for a ring.
 *
 * @param flags of io_uring_setup
 * @param newest the newest thing that it asks for, with the release that brought it
 */
public record RingForm(int flags, String newest) {
    private static final int BASE = SETUP_CQSIZE | SETUP_CLAMP | SETUP_R_DISABLED | SETUP_SUBMIT_ALL;

    /** Every form that will do, from the best to the oldest. */
    public static final List<RingForm> BEST_FIRST = List.of(
            new RingForm(
                    BASE | SETUP_SINGLE_ISSUER | SETUP_DEFER_TASKRUN | SETUP_TASKRUN_FLAG | SETUP_NO_SQARRAY,
                    "no-sqarray (Linux 6.6)"),
            new RingForm(
                    BASE | SETUP_SINGLE_ISSUER | SETUP_DEFER_TASKRUN | SETUP_TASKRUN_FLAG, "defer-taskrun (Linux 6.1)"),
            new RingForm(
                    BASE | SETUP_SINGLE_ISSUER | SETUP_COOP_TASKRUN | SETUP_TASKRUN_FLAG, "single-issuer (Linux 6.0)"),
            new RingForm(BASE | SETUP_COOP_TASKRUN | SETUP_TASKRUN_FLAG, "coop-taskrun (Linux 5.19)"));

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
