package dev.weir.bridge.transport;

import dev.weir.bridge.kernel.DescriptorMessage;
import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.kernel.SocketConstants;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The client's end of a UNIX stream socket that brings descriptors: blocking, for the moment of a start. Thread: one at a time, none of
 * a loop's.
 */
public final class DescriptorSocket implements AutoCloseable {
    /** How many descriptors come with a message at most. */
    public static final int DESCRIPTORS_MAX = DescriptorMessage.DESCRIPTORS_MAX;

    private final Kernel kernel = new Kernel();
    private final DescriptorMessage message;
    private final int fd;

    private DescriptorSocket(int fd, int bytesMax) {
        this.fd = fd;
        this.message = new DescriptorMessage(kernel, bytesMax);
    }

    /**
     * Connects to a path.
     *
     * @param patienceMs after which a receive fails that nothing came for
     * @param bytesMax how much a receive may take at once
     */
    public static DescriptorSocket connect(String path, int patienceMs, int bytesMax) throws IOException {
        Kernel kernel = new Kernel();
        int fd = kernel.socket(SocketConstants.AF_UNIX, SocketConstants.SOCK_STREAM | SocketConstants.SOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw new IOException(Errno.text(-fd));
        }
        DescriptorSocket socket = new DescriptorSocket(fd, bytesMax);
        try {
            SocketAddress address = new SocketAddress().set(new Endpoint.Unix(path));
            check(kernel.connect(fd, address.address(), address.length()));
            socket.patience(patienceMs);
            return socket;
        } catch (IOException | IllegalArgumentException e) {
            socket.close();
            throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
        }
    }

    private void patience(int milliseconds) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(16, 8);
            time.set(ValueLayout.JAVA_LONG, 0, milliseconds / 1000);
            time.set(ValueLayout.JAVA_LONG, 8, milliseconds % 1000 * 1000L);
            check(kernel.setsockopt(fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_RCVTIMEO, time.address(), 16));
        }
    }

    public void send(byte[] bytes) throws IOException {
        check(message.send(fd, bytes, List.of()));
    }

    /** As {@link #send}, in ASCII. */
    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Waits for bytes and what comes with them.
     *
     * @param descriptors gets what came, for the caller to close
     * @return how many bytes came, 0 at the end of the stream
     */
    public int receive(byte[] into, List<Integer> descriptors) throws IOException {
        int received;
        do {
            received = message.receive(fd, into, descriptors);
        } while (received == -Errno.EINTR);
        check(received);
        return received;
    }

    private static void check(long result) throws IOException {
        if (result < 0) {
            throw new IOException(Errno.text((int) -result));
        }
    }

    @Override
    public void close() {
        kernel.close(fd);
    }
}
