package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The algorithms that look at load, beside HAProxy with sessions that stay for a while. Among equally loaded servers 2.6 takes
 * turns and 3.2 draws lots, so for {@code leastconn} its choice has to be one that we might have made.
 */
@Timeout(60)
class LoadAsHaproxyTest {
    private static final int STEPS = 300;

    private final List<ServerSocket> origins = new ArrayList<>();
    private final List<SocketChannel> sessions = new ArrayList<>();
    private final List<FakeTarget> servers = new ArrayList<>();

    @AfterEach
    void tearDown() throws IOException {
        for (SocketChannel session : sessions) {
            session.close();
        }
        for (ServerSocket origin : origins) {
            origin.close();
        }
    }

    @Test
    void shouldTakeAServerThatHaproxyCallsLeastLoaded() throws Exception {
        FakeTarget[] targets = FakeTarget.withWeights(1, 3, 2, 256);
        BalanceAlgorithm ours =
                BalanceAlgorithms.create(BalanceSettings.of(BalanceAlgorithms.LEAST_CONNECTIONS), targets);

        runBeside(
                "leastconn",
                targets,
                (theirs, random) -> {
                    long key = key(theirs);
                    for (FakeTarget target : targets) {
                        assertThat(key).isLessThanOrEqualTo(key(target));
                    }
                    assertThat(key((FakeTarget) ours.pick(null))).isEqualTo(key);
                    theirs.served++;
                    ours.loadChanged(theirs);
                },
                ours);
    }

    @Test
    void shouldFillTheServerThatHaproxyFills() throws Exception {
        FakeTarget[] targets = FakeTarget.withWeights(1, 1, 1, 1);
        for (FakeTarget target : targets) {
            target.maxConn = target.position == 3 ? 1_000 : 2 + target.position;
        }
        BalanceAlgorithm ours = BalanceAlgorithms.create(BalanceSettings.of(BalanceAlgorithms.FIRST), targets);

        runBeside(
                "first",
                targets,
                (theirs, random) -> {
                    assertThat(ours.pick(null)).isSameAs(theirs);
                    theirs.served++;
                },
                ours);
    }

    /** What happens with a server that HAProxy chose. */
    private interface Step {
        void chosen(FakeTarget theirs, Random random);
    }

    private void runBeside(String balance, FakeTarget[] targets, Step step, BalanceAlgorithm ours) throws Exception {
        String program = Haproxy.program();
        assumeTrue(program != null, "no HAProxy on this machine");
        long seed = System.nanoTime();
        System.out.println("LoadAsHaproxyTest seed " + seed);
        Random random = new Random(seed);
        for (FakeTarget target : targets) {
            serve(target);
        }
        try (Haproxy haproxy = Haproxy.start(program, folder -> config(folder, balance, targets))) {
            for (int i = 0; i < STEPS; i++) {
                if (sessions.isEmpty() || random.nextInt(5) < 3) {
                    FakeTarget theirs = targets[open(haproxy) - 'a'];
                    step.chosen(theirs, random);
                    servers.add(theirs);
                } else {
                    close(haproxy, random.nextInt(sessions.size()), ours);
                }
            }
        }
    }

    private char open(Haproxy haproxy) throws IOException {
        SocketChannel session = haproxy.open("fe");
        sessions.add(session);
        ByteBuffer letter = ByteBuffer.allocate(1);
        assertThat(session.read(letter)).isEqualTo(1);
        return (char) letter.get(0);
    }

    private void close(Haproxy haproxy, int session, BalanceAlgorithm ours) throws Exception {
        sessions.remove(session).close();
        FakeTarget server = servers.remove(session);
        assertThat(haproxy.nextPick()).isEqualTo(Scenario.letter(server));
        server.served--;
        ours.loadChanged(server);
    }

    private static long key(FakeTarget target) {
        return target.served == 0 ? 0 : (target.served + 1) * 4096L / (target.weight * 16);
    }

    private String config(Path folder, String balance, FakeTarget[] targets) {
        StringBuilder text = new StringBuilder(Haproxy.preamble(folder));
        text.append("listen fe\n  bind unix@" + folder.resolve("fe") + "\n  balance " + balance + "\n");
        for (FakeTarget target : targets) {
            text.append("  server " + target.name + " 127.0.0.1:"
                    + origins.get(target.position).getLocalPort() + " weight " + target.weight
                    + (target.maxConn > 0 ? " maxconn " + target.maxConn : "") + "\n");
        }
        return text.toString();
    }

    /** An origin that says its letter and waits for the end. */
    private void serve(FakeTarget target) throws IOException {
        ServerSocket origin = new ServerSocket(0, 500, InetAddress.getByName("127.0.0.1"));
        origins.add(origin);
        Thread.ofVirtual().start(() -> {
            while (!origin.isClosed()) {
                try {
                    Socket accepted = origin.accept();
                    Thread.ofVirtual().start(() -> speak(accepted, target));
                } catch (IOException e) {
                    return; // closed: the test is over
                }
            }
        });
    }

    private static void speak(Socket accepted, FakeTarget target) {
        try (accepted) {
            accepted.getOutputStream().write(Scenario.letter(target));
            while (accepted.getInputStream().read() >= 0) {
                // until the end
            }
        } catch (IOException e) {
            // reset: an end as well
        }
    }
}
