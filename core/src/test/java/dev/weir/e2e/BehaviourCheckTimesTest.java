package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.DisplayName;

/**
 * Which interval holds when, and which limit ends a check. Intervals are a moment or an hour, so that what takes an hour does not happen
 * while a test runs; a second server that is checked every moment is the clock.
 */
@DisplayName("intervals and time limits of health checks")
final class BehaviourCheckTimesTest {
    private static final int TICK_MS = 20;
    /** Long beside a moment, short beside an hour. */
    private static final int WHILE_MS = 20 * TICK_MS;
    /** An interval in which a check cannot be missed. */
    private static final int INTERVAL_MS = 500;

    /** First checks are spread over the longest interval, which is an hour, unless something less is said. */
    private static final String PREAMBLE =
            BehaviourScene.PREAMBLE.replace("nbthread 1", "nbthread 1\n max-spread-checks 20ms")
                    + "frontend fe\n bind 127.0.0.1:@fe@\n";

    /** A proxy that checks a server, and a clock beside it, both of backend {@code be}. */
    private static final class Checked implements AutoCloseable {
        final BehaviourScene scene;
        final CheckedOrigin server;
        private final CheckedOrigin clock;

        /** Not started yet. */
        Checked(BehaviourEngine engine, String answer) throws Exception {
            scene = new BehaviourScene(engine);
            server = origin("server", answer);
            clock = origin("clock", CheckedOrigin.OK);
        }

        private CheckedOrigin origin(String name, String answer) throws IOException {
            var origin = new CheckedOrigin(answer);
            scene.keepOpen(origin);
            scene.port(name, origin.port());
            return origin;
        }

        /** @param check what the server's line says of its checks */
        Checked start(String check) throws Exception {
            return start("", check);
        }

        Checked start(String backendLines, String check) throws Exception {
            scene.startWhole(PREAMBLE + " default_backend be\nbackend be\n option httpchk\n" + backendLines
                    + " server s1 127.0.0.1:@server@ check " + check
                    + "\n server clock 127.0.0.1:@clock@ check inter " + TICK_MS + "ms\n");
            return this;
        }

        /** Waits until the server has had more checks of a kind than so many. */
        void awaitMore(IntSupplier counted, int than) {
            Patience.await().until(() -> counted.getAsInt() > than);
        }

        void awaitReport(String text) throws IOException {
            scene.logs().lineWith("Server be/s1 is " + text);
        }

        void passTime(int ms) {
            clock.awaitPassed(ms / TICK_MS);
        }

        @Override
        public void close() throws IOException {
            scene.close();
        }
    }

    /** The first check of the second of two servers comes behind half of the interval that its health has at start. */
    @OnEveryEngine
    void shouldSpreadFirstChecksOverTheIntervalThatHolds(BehaviourEngine engine) throws Exception {
        assertThat(isCheckedSoon(engine, "inter 1h fastinter 20ms")).isTrue();
        assertThat(isCheckedSoon(engine, "inter 1h fastinter 20ms init-state fully-up"))
                .isFalse();
        assertThat(isCheckedSoon(engine, "inter 1h downinter 20ms init-state fully-down"))
                .isTrue();
        assertThat(isCheckedSoon(engine, "inter 1h fastinter 20ms init-state fully-down"))
                .isFalse();
    }

    private static boolean isCheckedSoon(BehaviourEngine engine, String check) throws Exception {
        try (var checked = new Checked(engine, CheckedOrigin.OK)) {
            checked.scene.startWhole(
                    (PREAMBLE + """
                     default_backend be
                    backend be
                     option httpchk
                     server clock 127.0.0.1:@clock@ check inter 20ms
                     server s1 127.0.0.1:@server@ check CHECK
                    """).replace(" max-spread-checks 20ms", "").replace("CHECK", check));
            checked.passTime(2 * WHILE_MS);
            return checked.server.passed() > 0;
        }
    }

    @OnEveryEngine
    void shouldCheckByTheFastIntervalOnTheWayDown(BehaviourEngine engine) throws Exception {
        try (var checked = new Checked(engine, CheckedOrigin.OK).start("inter 500ms fastinter 1h fall 3 rise 1")) {
            var server = checked.server;
            checked.awaitMore(server::passed, 1);

            server.answer(CheckedOrigin.SORRY);

            checked.awaitMore(server::failed, 0);
            checked.passTime(2 * INTERVAL_MS);
            assertThat(server.failed()).isEqualTo(1);
        }
    }

    /** A server begins as one that came back a moment ago: the first failure takes it down. */
    @OnEveryEngine
    void shouldCheckSeldomOnceItIsDown(BehaviourEngine engine) throws Exception {
        try (var checked =
                new Checked(engine, CheckedOrigin.SORRY).start("inter 1h fastinter 20ms downinter 1h fall 3 rise 2")) {
            var server = checked.server;

            checked.awaitReport("DOWN");
            checked.passTime(WHILE_MS);
            assertThat(server.failed()).isEqualTo(1);
        }
    }

    @OnEveryEngine
    void shouldCheckSeldomOnTheWayUpUnlessThereIsAFastInterval(BehaviourEngine engine) throws Exception {
        try (var checked = new Checked(engine, CheckedOrigin.SORRY).start("inter 1h downinter 20ms fall 1 rise 3")) {
            var server = checked.server;
            checked.awaitReport("DOWN");
            checked.awaitMore(server::failed, 4);

            server.answer(CheckedOrigin.OK);

            checked.awaitMore(server::passed, 0);
            checked.passTime(WHILE_MS);
            assertThat(server.passed()).isEqualTo(1);
        }
    }

    @OnEveryEngine
    void shouldCheckFastOnTheWayUpAndSeldomOnceThere(BehaviourEngine engine) throws Exception {
        try (var checked = new Checked(engine, CheckedOrigin.SORRY)
                .start("inter 1h fastinter 20ms downinter 20ms fall 1 rise 3")) {
            var server = checked.server;
            checked.awaitReport("DOWN");

            server.answer(CheckedOrigin.OK);

            checked.awaitReport("UP");
            assertThat(server.passed()).isEqualTo(3);
            checked.passTime(WHILE_MS);
            assertThat(server.passed()).isEqualTo(3);
        }
    }

    @OnEveryEngine
    void shouldAlwaysCheckAsOftenWhereThereIsOneInterval(BehaviourEngine engine) throws Exception {
        try (var checked = new Checked(engine, CheckedOrigin.SORRY).start("inter 20ms fall 2 rise 2")) {
            var server = checked.server;
            checked.awaitReport("DOWN");
            checked.awaitMore(server::failed, 4);

            server.answer(CheckedOrigin.OK);

            checked.awaitReport("UP");
            checked.awaitMore(server::passed, 4);
        }
    }

    /** Each backend has one limit that is a moment; which it was stands in the message that its server is down. */
    @OnEveryEngine
    void shouldEndACheckByTheLimitThatHolds(BehaviourEngine engine) throws Exception {
        try (var checked = new Checked(engine, CheckedOrigin.SILENCE)) {
            var scene = checked.scene;
            scene.deafOrigin("deaf");
            scene.startWhole(PREAMBLE
                    + limited("interval", "timeout connect 1h", "@server@ check inter 500ms")
                    + limited("read", "timeout connect 1h\n timeout check 100ms", "@server@ check inter 1h")
                    + limited("connect", "timeout connect 100ms\n timeout check 1h", "@deaf@ check inter 1h")
                    + limited("connectInterval", "timeout connect 1h\n timeout check 1h", "@deaf@ check inter 100ms"));
            Map<String, String> reasons = new HashMap<>();
            while (reasons.size() < 4) {
                String line = scene.logs().lineWith("is DOWN, reason: ");
                reasons.put(
                        line.replaceAll("Server (\\w+)/.*", "$1"), line.replaceAll(".*reason: (Layer. \\w+).*", "$1"));
            }

            assertThat(reasons)
                    .containsEntry("interval", "Layer7 timeout")
                    .containsEntry("read", "Layer7 timeout")
                    .containsEntry("connect", "Layer4 timeout")
                    .containsEntry("connectInterval", "Layer4 timeout");
        }
    }

    private static String limited(String name, String limits, String server) {
        return "backend " + name + "\n option httpchk\n " + limits + "\n server s1 127.0.0.1:" + server + " fall 1\n";
    }

    @OnEveryEngine
    void shouldLetACheckWaitForLongerThanTheIntervalIfItMay(BehaviourEngine engine) throws Exception {
        try (var checked =
                new Checked(engine, CheckedOrigin.SILENCE).start(" timeout check 1h\n", "inter 500ms fall 1")) {
            var server = checked.server;
            checked.awaitMore(server::unanswered, 0);

            checked.passTime(2 * INTERVAL_MS);

            assertThat(server.unanswered()).isEqualTo(1);
            server.fail();
            assertThat(checked.scene.logs().lineWith("Server be/s1 is DOWN"))
                    .contains("Layer7 wrong status, code: 503");
        }
    }
}
