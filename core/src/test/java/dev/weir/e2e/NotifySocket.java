package dev.weir.e2e;

import static dev.weir.bridge.kernel.SocketConstants.AF_UNIX;
import static dev.weir.bridge.kernel.SocketConstants.SOCK_CLOEXEC;
import static dev.weir.bridge.kernel.SocketConstants.SOCK_DGRAM;
import static dev.weir.bridge.kernel.SocketConstants.SOCK_NONBLOCK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.transport.Endpoint;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The end of sd_notify(3) that systemd has otherwise: a UNIX datagram socket that takes what a service says about itself. */
final class NotifySocket implements AutoCloseable {
    private static final int MESSAGE_MAX = 4096;

    private final Kernel kernel = new Kernel();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment message = arena.allocate(MESSAGE_MAX);
    private final String name;
    private final int fd;

    /** @param name a path, or {@code @} with an abstract name */
    NotifySocket(String name) {
        this.name = name;
        boolean isAbstract = name.startsWith("@");
        var address = new SocketAddress()
                .set(isAbstract ? new Endpoint.Abstract(name.substring(1)) : new Endpoint.Unix(name));
        fd = kernel.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        assertThat(fd).isNotNegative();
        // An abstract name is as long as it is said to be.
        assertThat(kernel.bind(fd, address.address(), 2 + name.length())).isZero();
    }

    /** What {@code NOTIFY_SOCKET} says. */
    String name() {
        return name;
    }

    /** The next message that fits; those before it are passed over. */
    Map<String, String> await(Predicate<Map<String, String>> fits) {
        return Patience.await()
                .pollInterval(Duration.ofMillis(5))
                .until(this::poll, state -> !state.isEmpty() && fits.test(state));
    }

    Map<String, String> await(String variable) {
        return await(state -> state.containsKey(variable));
    }

    /** A message that is there, as variables; empty if there is none. */
    Map<String, String> poll() {
        long length = kernel.read(fd, message.address(), MESSAGE_MAX);
        if (length == -Errno.EAGAIN) {
            return Map.of();
        }
        assertThat(length).isPositive();
        String text = new String(message.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), UTF_8);
        return Arrays.stream(text.split("\n"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }

    @Override
    public void close() {
        kernel.close(fd);
        arena.close();
    }
}
