package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No descriptor left in the process: what runs is served on, what comes waits or is refused, and all goes on afterwards. */
public abstract class FileLimitContract extends TransportFixture {
    /** Above what is open: so many are filled up. */
    private static final int HEADROOM = 64;

    private final Deque<Integer> fillers = new ArrayDeque<>();
    private Kernel kernel;
    private long limitBefore;

    @BeforeEach
    void requireLinux() {
        assumeTrue(Kernel.refusal() == null, Kernel::refusal);
        kernel = new Kernel();
        limitBefore = kernel.openFilesLimit(0)[0];
    }

    @AfterEach
    void liftTheLimit() {
        kernel.openFilesLimit(limitBefore);
        while (!fillers.isEmpty()) {
            kernel.close(fillers.pop());
        }
    }

    /** Leaves so many descriptors, and no more. */
    private void leave(int descriptors) {
        int highest = kernel.eventfd(0, 0);
        fillers.push(highest);
        kernel.openFilesLimit(highest + HEADROOM);
        int fd;
        while ((fd = kernel.eventfd(0, 0)) >= 0) {
            fillers.push(fd);
        }
        for (int i = 0; i < descriptors; i++) {
            kernel.close(fillers.pop());
        }
    }

    /** The same ways as in the test, so that no class has to be found while no file can be opened. */
    private void warmUp(Listener listener, Endpoint nobody) throws Exception {
        assertThat(connect(listener).send("warm").halfClose().readTextToEnd()).isEqualTo("warm");
        assertThat(failureOfConnecting(nobody)).isEqualTo(Kind.REFUSED);
    }

    private Kind failureOfConnecting(Endpoint endpoint) throws Exception {
        EventLoop loop = loop();
        return get(onLoop(loop, () -> failureOf(() -> loop.connect(endpoint, new ConnectOptions(), FOREVER))));
    }

    private static Endpoint nobody() throws IOException {
        return new Endpoint.Inet(java.net.InetAddress.getLoopbackAddress(), 1);
    }

    @Test
    void shouldKeepServingAndSayWhyWhenNoneIsLeftToAccept() throws Exception {
        Listener listener = listen(TransportFixture::echo);
        warmUp(listener, nobody());
        Peer served = connect(listener).send("a");
        served.readText(1);
        listener.pause();
        figures(loop());
        List<Peer> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiting.add(connect(listener).send("hello").halfClose());
        }
        leave(3);

        listener.resume();

        patiently(() -> assertThat(logLines).anyMatch(line -> line.contains("Too many open files")));
        assertThat(served.send("still here").readText(10)).isEqualTo("still here");
        liftTheLimit();
        for (Peer peer : waiting) {
            assertThat(peer.readTextToEnd()).isEqualTo("hello");
        }
    }

    @Test
    void shouldRefuseToConnectWhenNoneIsLeft() throws Exception {
        Listener listener = listen(TransportFixture::echo);
        warmUp(listener, nobody());
        Endpoint endpoint = new Endpoint.Inet(
                listener.name().toInetAddress(), listener.name().port());
        leave(0);

        Kind kind = failureOfConnecting(endpoint);

        assertThat(kind).isEqualTo(Kind.NO_RESOURCE);
        liftTheLimit();
        EventLoop loop = loop();
        get(onLoop(loop, () -> {
            loop.connect(endpoint, new ConnectOptions(), FOREVER).close();
            return null;
        }));
    }
}
