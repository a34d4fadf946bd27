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
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.transport.TransportException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the kernel for a ring with all that we want, and takes wishes back one by one while it refuses; says which. What we
 * cannot do without (multishot receive, provided-buffer rings) makes it fail. Any thread; the ring comes disabled.
 */
final class RingSetup {
    /** sizeof(struct io_uring_params). */
    static final int PARAMS_BYTES = 120;

    private static final int BASE = SETUP_CQSIZE | SETUP_CLAMP | SETUP_R_DISABLED | SETUP_SUBMIT_ALL;

    /** From the best to the oldest form, with the name of what the next one gives up. */
    private static final int[] FORMS = {
        BASE | SETUP_SINGLE_ISSUER | SETUP_DEFER_TASKRUN | SETUP_TASKRUN_FLAG | SETUP_NO_SQARRAY,
        BASE | SETUP_SINGLE_ISSUER | SETUP_DEFER_TASKRUN | SETUP_TASKRUN_FLAG,
        BASE | SETUP_SINGLE_ISSUER | SETUP_COOP_TASKRUN | SETUP_TASKRUN_FLAG,
        BASE | SETUP_COOP_TASKRUN | SETUP_TASKRUN_FLAG,
    };

    private static final String[] GIVEN_UP = {
        "no-sqarray (Linux 6.6)", "defer-taskrun (Linux 6.1)", "single-issuer (Linux 6.0)"
    };

    final int fd;
    final int flags;
    final MemorySegment params;
    final List<String> refused = new ArrayList<>();

    RingSetup(Kernel kernel, Arena arena, int submissionEntries, int completionEntries) throws TransportException {
        params = arena.allocate(PARAMS_BYTES, 8);
        int result = -Errno.EINVAL;
        int form = 0;
        while (true) {
            params.fill((byte) 0);
            params.set(JAVA_INT, 4, completionEntries);
            params.set(JAVA_INT, 8, FORMS[form]);
            result = kernel.ioUringSetup(submissionEntries, params.address());
            if (result != -Errno.EINVAL || form == FORMS.length - 1) {
                break;
            }
            refused.add(GIVEN_UP[form++]);
        }
        if (result < 0) {
            throw new TransportException("io_uring_setup: " + explain(-result), -result);
        }
        fd = result;
        flags = FORMS[form];
        requireMultishotReceive(kernel, arena);
    }

    private static String explain(int errno) {
        return switch (errno) {
            case Errno.EPERM ->
                "not permitted: see /proc/sys/kernel/io_uring_disabled and the seccomp profile of the container";
            case Errno.ENOSYS -> "this kernel has no io_uring";
            case Errno.ENOMEM -> "not enough locked memory: raise RLIMIT_MEMLOCK";
            case Errno.EINVAL -> "this kernel's io_uring is too old: Linux 6.0 or later is needed";
            default -> Errno.text(errno);
        };
    }

    private void requireMultishotReceive(Kernel kernel, Arena arena) throws TransportException {
        int operations = 64;
        MemorySegment probe = arena.allocate(16 + operations * 8L, 8);
        int result = kernel.ioUringRegister(fd, UringConstants.REGISTER_PROBE, probe.address(), operations);
        int supported = 1;
        int entry = 16 + UringConstants.OP_SEND_ZC * 8;
        boolean has = result >= 0
                && (probe.get(JAVA_BYTE, 0) & 0xFF) >= UringConstants.OP_SEND_ZC
                && (probe.get(JAVA_SHORT, entry + 2) & supported) != 0;
        if (!has) {
            kernel.close(fd);
            throw new TransportException(
                    "this kernel's io_uring has no multishot receive: Linux 6.0 or later is needed", 0);
        }
    }
}
