package dev.weir.bridge.transport.uring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportContract;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/** The contract on io_uring; left out only where the kernel has none, which the reason names. */
@DisabledIf(value = "isMissing", disabledReason = "this machine has no io_uring that will do")
class UringTransportTest extends TransportContract {
    static boolean isMissing() {
        try (Transport transport = new UringTransport(new TransportOptions())) {
            assertNotNull(transport.description());
            return false;
        } catch (TransportException e) {
            System.out.println("io_uring: " + e.getMessage());
            return true;
        }
    }

    @Test
    void shouldSayThatALoopHasAllTheListenersThatItCan() throws Exception {
        long descriptors = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getMaxFileDescriptorCount();
        assumeTrue(descriptors > Listeners.SLOTS_MAX + 1000, "the limit of open files is too low");
        for (int i = 0; i < Listeners.SLOTS_MAX; i++) {
            loop().listen(loopback("127.0.0.1"), client -> {});
        }

        assertThatThrownBy(() -> loop().listen(loopback("127.0.0.1"), client -> {}))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("the loop has 4096 listening sockets");
    }

    /** A receive that goes on brings four blocks before it has to be asked for again, and as many wait to be sent. */
    @Override
    protected int blocksOfABlockedRelay() {
        return 16;
    }

    @Override
    protected Transport open(TransportOptions options) throws TransportException {
        options.courtesy = true;
        options.lookout = true;
        return new UringTransport(options);
    }
}
