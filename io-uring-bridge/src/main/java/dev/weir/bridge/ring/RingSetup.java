package dev.weir.bridge.ring;

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

    final int fd;
    final RingForm form;
    final MemorySegment params;
    final List<String> refused = new ArrayList<>();

    /** {@code forms}: from the best to the oldest; the first that the kernel does not refuse is taken. */
    RingSetup(Kernel kernel, Arena arena, int submissionEntries, int completionEntries, List<RingForm> forms)
            throws TransportException {
        params = arena.allocate(PARAMS_BYTES, 8);
        int result = -Errno.EINVAL;
        int tried = 0;
        while (result == -Errno.EINVAL && tried < forms.size()) {
            params.fill((byte) 0);
            params.set(JAVA_INT, 4, completionEntries);
            params.set(JAVA_INT, 8, forms.get(tried++).flags());
            result = kernel.ioUringSetup(submissionEntries, params.address());
        }
        if (result < 0) {
            throw new TransportException("io_uring_setup: " + explain(-result), -result);
        }
        fd = result;
        form = forms.get(tried - 1);
        forms.subList(0, tried - 1).forEach(form -> refused.add(form.newest()));
        requireMultishotReceive(kernel, arena);
    }

    /** The operator's words for a refusal. */
    static String explain(int errno) {
        return switch (errno) {
            case Errno.EPERM ->
                "not permitted: see /proc/sys/kernel/io_uring_disabled and the seccomp profile of the container";
            case Errno.ENOSYS -> "this kernel has no io_uring, or the seccomp profile of the container hides it";
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
