package dev.weir.resolver;

import dev.weir.clock.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.function.BooleanSupplier;

/** Whether this machine has a way to IPv6 addresses beyond its own networks; looked up at most every 30 s. Thread: the resolvers'. */
final class Ipv6Gateway {
    private static final long VALID_NS = 30_000_000_000L;

    /** The first of the addresses that are routed globally; nothing is sent there. */
    private static final SocketAddress FAR_AWAY = new InetSocketAddress("2000::", 53);

    private final Clock clock;
    private final BooleanSupplier look;
    private long lookedNs;
    private boolean wasLooked;
    private boolean isThere;

    Ipv6Gateway(Clock clock) {
        this(clock, Ipv6Gateway::look);
    }

    /** @param look whether there is a way now */
    Ipv6Gateway(Clock clock, BooleanSupplier look) {
        this.clock = clock;
        this.look = look;
    }

    boolean isThere() {
        long nowNs = clock.nanoTime();
        if (!wasLooked || nowNs - lookedNs >= VALID_NS) {
            isThere = look.getAsBoolean();
            lookedNs = nowNs;
            wasLooked = true;
        }
        return isThere;
    }

    /** Connecting a datagram socket finds a route, and sends nothing. */
    private static boolean look() {
        try (var channel = DatagramChannel.open(StandardProtocolFamily.INET6)) {
            channel.connect(FAR_AWAY);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // no route, or no IPv6 at all: that is the answer
        }
    }
}
