package dev.weir;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Ports for programs that cannot bind port 0. They lie below those that the kernel gives to outgoing connections and to port 0, and
 * none is given twice, so that between here and the program's own bind nobody takes them by chance.
 */
public final class FreePort {
    private static final int FIRST = 10_000;
    private static final int LAST = 32_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(FIRST, LAST));

    private FreePort() {}

    public static int next() {
        return IntStream.generate(FreePort::candidate)
                .limit(LAST - FIRST)
                .filter(FreePort::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no port is free"));
    }

    /** @return the first of several ports in a row */
    public static int next(int count) {
        int first = next();
        int found = 1;
        while (found < count) {
            int port = next();
            found = port == first + found ? found + 1 : 1;
            first = found == 1 ? port : first;
        }
        return first;
    }

    private static int candidate() {
        return NEXT.updateAndGet(port -> port >= LAST ? FIRST : port + 1);
    }

    /** For streams and datagrams, on all addresses: a test may use any. */
    private static boolean isFree(int port) {
        try (ServerSocket streams = new ServerSocket(port);
                DatagramSocket datagrams = new DatagramSocket(port)) {
            return streams.isBound() && datagrams.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
