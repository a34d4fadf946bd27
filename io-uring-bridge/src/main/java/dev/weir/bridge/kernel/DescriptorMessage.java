package dev.weir.bridge.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Messages on a UNIX stream socket that carry descriptors beside their bytes: {@code struct msghdr}, {@code iovec} and
 * {@code cmsghdr} with {@code SCM_RIGHTS} (linux/socket.h, 64 bit). Thread: its owner's; each call may block as its socket does.
 */
public final class DescriptorMessage {
    /** How many descriptors a message may carry: one less than the kernel's SCM_MAX_FD, as HAProxy has it. */
    public static final int DESCRIPTORS_MAX = 252;

    private static final int HEADER_BYTES = 56;
    private static final int VECTOR = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_BYTES = 40;

    private static final int CONTROL_HEADER_BYTES = 16;
    private static final int LEVEL = 8;
    private static final int TYPE = 12;
    private static final int CONTROL_BYTES_MAX = CONTROL_HEADER_BYTES + DESCRIPTORS_MAX * Integer.BYTES;

    private final Kernel kernel;
    private final MemorySegment header;
    private final MemorySegment vector;
    private final MemorySegment control;
    private final MemorySegment bytes;

    /** @param bytesMax how many bytes a message may have beside its descriptors */
    public DescriptorMessage(Kernel kernel, int bytesMax) {
        this.kernel = kernel;
        Arena arena = Arena.ofAuto();
        header = arena.allocate(HEADER_BYTES, 8);
        vector = arena.allocate(16, 8);
        control = arena.allocate(CONTROL_BYTES_MAX, 8);
        bytes = arena.allocate(bytesMax, 8);
        header.set(JAVA_LONG, VECTOR, vector.address());
        header.set(JAVA_LONG, VECTOR_COUNT, 1);
        vector.set(JAVA_LONG, 0, bytes.address());
    }

    /** How many bytes were sent, or the negated error number; the descriptors go with the first of them. */
    public long send(int socket, byte[] content, List<Integer> descriptors) {
        MemorySegment.copy(content, 0, bytes, JAVA_BYTE, 0, content.length);
        vector.set(JAVA_LONG, 8, content.length);
        int controlBytes = CONTROL_HEADER_BYTES + descriptors.size() * Integer.BYTES;
        for (int i = 0; i < descriptors.size(); i++) {
            control.set(JAVA_INT, CONTROL_HEADER_BYTES + (long) i * Integer.BYTES, descriptors.get(i));
        }
        control.set(JAVA_LONG, 0, controlBytes);
        control.set(JAVA_INT, LEVEL, SocketConstants.SOL_SOCKET);
        control.set(JAVA_INT, TYPE, SocketConstants.SCM_RIGHTS);
        header.set(JAVA_LONG, CONTROL, descriptors.isEmpty() ? 0 : control.address());
        header.set(JAVA_LONG, CONTROL_BYTES, descriptors.isEmpty() ? 0 : controlBytes);
        return kernel.sendmsg(socket, header.address(), SocketConstants.MSG_NOSIGNAL);
    }

    /**
     * Waits for a message, or the part of one that fits.
     *
     * @param into takes the bytes
     * @param descriptors gets those that came with them, which are the caller's to close
     * @return how many bytes came, 0 at the end of the stream, or the negated error number
     */
    public int receive(int socket, byte[] into, List<Integer> descriptors) {
        vector.set(JAVA_LONG, 8, into.length);
        header.set(JAVA_LONG, CONTROL, control.address());
        header.set(JAVA_LONG, CONTROL_BYTES, CONTROL_BYTES_MAX);
        int received = (int) kernel.recvmsg(socket, header.address(), SocketConstants.MSG_CMSG_CLOEXEC);
        if (received > 0) {
            MemorySegment.copy(bytes, JAVA_BYTE, 0, into, 0, received);
            takeDescriptors(descriptors);
        }
        return received;
    }

    private void takeDescriptors(List<Integer> descriptors) {
        boolean isCarrying = header.get(JAVA_LONG, CONTROL_BYTES) >= CONTROL_HEADER_BYTES
                && control.get(JAVA_INT, LEVEL) == SocketConstants.SOL_SOCKET
                && control.get(JAVA_INT, TYPE) == SocketConstants.SCM_RIGHTS;
        if (isCarrying) {
            long end = control.get(JAVA_LONG, 0);
            for (long at = CONTROL_HEADER_BYTES; at + Integer.BYTES <= end; at += Integer.BYTES) {
                descriptors.add(control.get(JAVA_INT, at));
            }
        }
    }
}
