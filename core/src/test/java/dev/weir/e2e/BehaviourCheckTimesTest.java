package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;

/**
 * Which interval holds when, and which limit ends a check. Intervals are a moment or an hour, so that what takes an hour does not happen
 * while a test runs; a second server that is checked every moment is the clock.
 */
@DisplayName("intervals and time limits of health checks")
final class BehaviourCheckTimesTest {
    private static final int TICKS = 20;

    /** First checks are spread over the longest interval, which is an hour, unless something less is said. */
    private static final String PREAMBLE =
            BehaviourScene.PREAMBLE.replace("nbthread 1", "nbthread 1\n max-spread-checks 20ms")
                    + "frontend fe\n bind 127.0.0.1:@fe@\n";

    private static BehaviourScene scene(BehaviourEngine engine, CheckedOrigin server, CheckedOrigin clock)
            throws Exception {
        var scene = new BehaviourScene(engine);
        scene.keepOpen(server);
        scene.keepOpen(clock);
        scene.port("server", server.port());
        scene.port("clock", clock.port());
        return scene;
    }

    private static String backend(String lines, String check) {
        return PREAMBLE + " default_backend be\nbackend be\n option httpchk\n" + lines
                + " server s1 127.0.0.1:@server@ check " + check
                + "\n server clock 127.0.0.1:@clock@ check inter 20ms\n";
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
        var server = new CheckedOrigin(CheckedOrigin.OK);
        var clock = new CheckedOrigin(CheckedOrigin.OK);
        try (var scene = scene(engine, server, clock)) {
            scene.startWhole(
                    (PREAMBLE + """
                     default_backend be
                    backend be
                     option httpchk
                     server clock 127.0.0.1:@clock@ check inter 20ms
                     server s1 127.0.0.1:@server@ check CHECK
                    """).replace(" max-spread-checks 20ms", "").replace("CHECK", check));
            clock.awaitPassed(2 * TICKS);
            return server.passed() > 0;
        }
    }

    @OnEveryEngine
    void shouldCheckByTheFastIntervalOnTheWayDown(BehaviourEngine engine) throws Exception {
        var server = new CheckedOrigin(CheckedOrigin.OK);
        var clock = new CheckedOrigin(CheckedOrigin.OK);
        try (var scene = scene(engine, server, clock)) {
            scene.startWhole(backend("", "inter 500ms fastinter 1h fall 3 rise 1"));
            Awaitility.await().atMost(Weir.PATIENCE).until(() -> server.passed() > 1);

            server.answer(CheckedOrigin.SORRY);

            Awaitility.await().atMost(Weir.PATIENCE).until(() -> server.failed() > 0);
            clock.awaitPassed(2 * 500 / 20);
            assertThat(server.failed()).isEqualTo(1);
        }
    }

    /** A server begins as one that came back a moment ago: the first failure takes it down. */
    @OnEveryEngine
    void shouldCheckSeldomOnceItIsDown(BehaviourEngine engine) throws Exception {
        var server = new CheckedOrigin(CheckedOrigin.SORRY);
        var clock = new CheckedOrigin(CheckedOrigin.OK);
        try (var scene = scene(engine, server, clock)) {
            scene.startWhole(backend("", "inter 1h fastinter 20ms downinter 1h fall 3 rise 2"));

            scene.logs().lineWith("Server be/s1 is DOWN");
            clock.awaitPassed(TICKS);
            assertThat(server.failed()).isEqualTo(1);
        }
    }

    @OnEveryEngine
    void shouldCheckSeldomOnTheWayUpUnlessThereIsAFastInterval(BehaviourEngine engine) throws Exception {
        var server = new CheckedOrigin(CheckedOrigin.SORRY);
        var clock = new CheckedOrigin(CheckedOrigin.OK);
        try (var scene = scene(engine, server, clock)) {
            scene.startWhole(backend("", "inter 1h downinter 20ms fall 1 rise 3"));
            scene.logs().lineWith("Server be/s1 is DOWN");
            Awaitility.await().atMost(Weir.PATIENCE).until(() -> server.failed() > 4);

            server.answer(CheckedOrigin.OK);

            Awaitility.await().atMost(Weir.PATIENCE).until(() -> server.passed() > 0);
            clock.awaitPassed(TICKS);
            assertThat(server.passed()).isEqualTo(1);
        }
    }

    @OnEveryEngine
    void shouldCheckFastOnTheWayUpAndSeldomOnceThere(BehaviourEngine engine) throws Exception {
        var server = new CheckedOrigin(CheckedOrigin.SORRY);
        var clock = new CheckedOrigin(CheckedOrigin.OK);
        try (var scene = scene(engine, server, clock)) {
            scene.startWhole(backend("", "inter 1h fastinter 20ms downinter 20ms fall 1 rise 3"));
            scene.logs().lineWith("Server be/s1 is DOWN");

            server.answer(CheckedOrigin.OK);

            scene.logs().lineWith("Server be/s1 is UP");
            assertThat(server.passed()).isEqualTo(3);
            clock.awaitPassed(TICKS);
            assertThat(server.passed()).isEqualTo(3);
        }
    }

    @OnEveryEngine
    void shouldAlwaysCheckAsOftenWhereThereIsOneInterval(BehaviourEngine engine) throws Exception {
        var server = new CheckedOrigin(CheckedOrigin.SORRY);
        var clock = new CheckedOrigin(CheckedOrigin.OK);
        try (var scene = scene(engine, server, clock)) {
            scene.startWhole(backend("", "inter 20ms fall 2 rise 2"));
            scene.logs().lineWith("Server be/s1 is DOWN");
            Awaitility.await().atMost(Weir.PATIENCE).until(() -> server.failed() > 4);

            server.answer(CheckedOrigin.OK);

            scene.logs().lineWith("Server be/s1 is UP");
            Awaitility.await().atMost(Weir.PATIENCE).until(() -> server.passed() > 4);
        }
    }

    /** Each backend has one limit that is a moment; which it was stands in the message that its server is down. */
    @OnEveryEngine
    void shouldEndACheckByTheLimitThatHolds(BehaviourEngine engine) throws Exception {
        var silent = new CheckedOrigin(CheckedOrigin.SILENCE);
        try (var scene = scene(engine, silent, new CheckedOrigin(CheckedOrigin.OK))) {
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
        var server = new CheckedOrigin(CheckedOrigin.SILENCE);
        var clock = new CheckedOrigin(CheckedOrigin.OK);
        try (var scene = scene(engine, server, clock)) {
            scene.startWhole(backend(" timeout check 1h\n", "inter 500ms fall 1"));
            Awaitility.await().atMost(Weir.PATIENCE).until(() -> server.unanswered() > 0);

            clock.awaitPassed(2 * 500 / 20);

            assertThat(server.unanswered()).isEqualTo(1);
            server.fail();
            assertThat(scene.logs().lineWith("Server be/s1 is DOWN")).contains("Layer7 wrong status, code: 503");
        }
    }
}
