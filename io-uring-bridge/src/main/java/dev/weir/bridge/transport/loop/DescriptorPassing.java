package dev.weir.bridge.transport.loop;

import dev.weir.bridge.kernel.DescriptorMessage;
import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.transport.ConnectionFailure;
import java.util.List;

/** {@link dev.weir.bridge.transport.Connection#pass}, for both transports: rare, so it enters the kernel at once. No state. */
public final class DescriptorPassing {
    private DescriptorPassing() {}

    public static void send(int socket, byte[] bytes, List<Integer> descriptors) throws ConnectionFailure {
        long sent = new DescriptorMessage(new Kernel(), bytes.length).send(socket, bytes, descriptors);
        if (sent != bytes.length) {
            int errno = sent < 0 ? (int) -sent : 0;
            throw new ConnectionFailure(
                    ConnectionFailure.Kind.BROKEN_PIPE, errno, "cannot pass descriptors: " + Errno.text(errno));
        }
    }
}
