package dev.weir.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.clock.Clock;
import dev.weir.server.CheckSettings;
import dev.weir.server.FakeLoop;
import dev.weir.server.Observation;
import dev.weir.server.ObserveSettings;
import dev.weir.server.PoolSettings;
import dev.weir.server.Server;
import dev.weir.server.ServerEnvironment;
import dev.weir.server.ServerPools;
import dev.weir.server.ServerSettings;
import dev.weir.server.check.script.CheckScript;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When the next check comes after traffic has seen errors; on a loop whose time the test moves, so that no check ever runs. */
@Timeout(30)
class CheckDueTimeTest {
    private static final long MS_NS = 1_000_000L;
    private static final int BEFORE_MS = 8_000;
    private static final int ERRORS_AT_MS = 100;
    private static final int FASTINTER_MS = 400;

    private final ServerSettings line = new ServerSettings("s1", 1);

    @BeforeEach
    void setUp() {
        line.endpoint = new Endpoint.Inet(InetAddress.getLoopbackAddress(), 1);
        line.check = new CheckSettings();
        line.check.initialState = CheckSettings.InitialState.FULLY_UP;
        line.check.interMs = BEFORE_MS;
        line.check.fastInterMs = FASTINTER_MS;
    }

    @Test
    void shouldNotComeSoonerForAServerThatWasMarkedDown() {
        assertThat(dueMs(ObserveSettings.OnError.MARK_DOWN)).isEqualTo(BEFORE_MS);
    }

    @Test
    void shouldWaitTheDowninterOfAServerThatWasMarkedDown() {
        line.check.downInterMs = 900;

        assertThat(dueMs(ObserveSettings.OnError.MARK_DOWN)).isEqualTo(ERRORS_AT_MS + 900);
    }

    @Test
    void shouldNotComeLaterThanItWasDue() {
        line.check.downInterMs = 60_000;

        assertThat(dueMs(ObserveSettings.OnError.MARK_DOWN)).isEqualTo(BEFORE_MS);
    }

    @Test
    void shouldStayWhereItIsWithoutFastinter() {
        line.check.fastInterMs = 0;
        line.check.downInterMs = 900;

        assertThat(dueMs(ObserveSettings.OnError.MARK_DOWN)).isEqualTo(BEFORE_MS);
    }

    @Test
    void shouldWaitTheDowninterOfAServerWhoseLastFailureItWas() {
        line.check.fall = 1;
        line.check.downInterMs = 900;

        assertThat(dueMs(ObserveSettings.OnError.FAIL_CHECK)).isEqualTo(ERRORS_AT_MS + 900);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MARK_DOWN")
    void shouldWaitTheFastinterOfAServerThatIsStillUp(ObserveSettings.OnError onError) {
        line.check.downInterMs = 900;

        assertThat(dueMs(onError)).isEqualTo(ERRORS_AT_MS + FASTINTER_MS);
    }

    /** @return when the next check is due, where three errors were seen while it was due at {@link #BEFORE_MS} */
    private long dueMs(ObserveSettings.OnError onError) {
        line.observe = new ObserveSettings(ObserveSettings.Layer.LAYER4, 3, onError);
        Server server = server();
        TwoParks loop = new TwoParks();
        Check check = new Check(server, loop, (backend, level, text) -> {}, null, CheckScript.CONNECT, 0);
        loop.atFirst = () -> {
            for (int i = 0; i < 3; i++) {
                check.observed(Observation.NOT_CONNECTED);
            }
        };
        loop.atSecond = check::stop;
        check.start(BEFORE_MS);
        return loop.deadlineNs / MS_NS;
    }

    private Server server() {
        PoolSettings settings = new PoolSettings("l", 2);
        settings.servers.add(line);
        ServerPools pools = new ServerPools(
                new ServerEnvironment(Clock.SYSTEM, (delayNs, task) -> {}, (backend, level, text) -> {}, 1));
        pools.apply(List.of(settings));
        return pools.pool("l").server(0);
    }

    /** Runs what is started in the caller, and something at each of two times where that waits. */
    private static final class TwoParks extends FakeLoop {
        private Runnable atFirst;
        private Runnable atSecond;
        private int parks;
        private long nowNs;
        private long deadlineNs;

        private TwoParks() {
            super(0);
        }

        @Override
        public long nanoTime() {
            return nowNs;
        }

        @Override
        public void start(Runnable task) {
            task.run();
        }

        /** Who calls from another loop finds the time of this one's last turn; what runs on the loop finds a new turn's. */
        @Override
        public void execute(Runnable task) {
            nowNs = ERRORS_AT_MS * MS_NS;
            task.run();
        }

        @Override
        public void parkUntil(long untilNs) {
            deadlineNs = untilNs;
            parks++;
            if (parks == 1) {
                atFirst.run();
            } else {
                atSecond.run();
            }
        }
    }
}
