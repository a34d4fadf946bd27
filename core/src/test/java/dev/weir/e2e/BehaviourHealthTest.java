package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;

/** Health checks: what is logged, and what happens to sessions when servers come and go. */
@DisplayName("health checks")
final class BehaviourHealthTest {
    private static final String CHECKED = "check inter 50ms fall 2 rise 2";

    private static final String REQUEST = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";

    private static String response(String status) {
        return "HTTP/1.1 " + status + "\r\ncontent-length: 0\r\n\r\n";
    }

    private static String with(String backendLines) {
        return "frontend fe\n bind 127.0.0.1:@fe@\n default_backend be\nbackend be\n timeout connect 1s\n"
                + backendLines;
    }

    private static String withoutDuration(String line) {
        return line.replaceAll("duration: \\d+ms", "duration: Nms");
    }

    /** Where an origin closes: it refuses the check that comes next, or resets one that it had not accepted yet. */
    private static String withoutChance(String line) {
        return withoutDuration(line).replace("Connection reset by peer", "Connection refused");
    }

    @OnEveryEngine
    void shouldSayThatAServerWentDownAndCameBack(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(with(" server s1 127.0.0.1:@s1@ " + CHECKED + "\n server s2 127.0.0.1:@s2@\n"));

            scene.closeOrigin("s1");
            String down = scene.logs().lineWith("DOWN");
            scene.origin("s1");
            String up = scene.logs().lineWith("UP");

            assertEquals(
                    "Server be/s1 is DOWN, reason: Layer4 connection problem, info: \"Connection refused\","
                            + " check duration: Nms. 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0"
                            + " remaining in queue.",
                    withoutChance(down));
            assertEquals(
                    "Server be/s1 is UP, reason: Layer4 check passed, check duration: Nms. 2 active and 0 backup servers"
                            + " online. 0 sessions requeued, 0 total in queue.",
                    withoutDuration(up));
        }
    }

    @OnEveryEngine
    void shouldLogEveryCheckThatCounts(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(with(" option log-health-checks\n server s1 127.0.0.1:@s1@ " + CHECKED + "\n"));

            String first = scene.logs().lineWith("Health check");
            scene.closeOrigin("s1");
            String failed = scene.logs().lineWith("failed");
            String down = scene.logs().lineWith("is DOWN");
            String empty = scene.logs().lineWith("no server available");

            assertEquals(
                    "Health check for server be/s1 succeeded, reason: Layer4 check passed, check duration: Nms, status:"
                            + " 2/2 UP.",
                    withoutDuration(first));
            assertEquals(
                    "Health check for server be/s1 failed, reason: Layer4 connection problem, info: \"Connection"
                            + " refused\", check duration: Nms, status: 1/2 UP.",
                    withoutChance(failed));
            assertEquals(
                    "Server be/s1 is DOWN. 0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0"
                            + " remaining in queue.",
                    withoutChance(down));
            assertEquals("backend be has no server available!", empty);
        }
    }

    @OnEveryEngine
    void shouldKillSessionsOfAServerThatWentDown(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var data = scene.origin("s1");
            scene.origin("health");
            scene.start(
                    with(" server s1 127.0.0.1:@s1@ port @health@ " + CHECKED + " on-marked-down shutdown-sessions\n"));

            var client = scene.client("fe").send("abc");
            data.accept().expect("abc").send("def");
            client.expect("def");
            scene.closeOrigin("health");

            client.expectEnd();
            assertEquals("fe be/s1 DC in=3 out=3 1/1/0/0/0 0/0", scene.logs().lineWith("fe be/"));
        }
    }

    @OnEveryEngine
    void shouldKillSessionsOnTheBackupWhenAServerComesBack(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var backup = scene.origin("b1");
            scene.port("s1");
            scene.start(with(" server s1 127.0.0.1:@s1@ " + CHECKED
                    + " on-marked-up shutdown-backup-sessions\n server b1 127.0.0.1:@b1@ backup\n"));
            scene.logs().lineWith("is DOWN");

            var client = scene.client("fe").send("abc");
            backup.accept().expect("abc");
            scene.origin("s1");

            client.expectEnd();
            assertEquals("fe be/b1 UC in=3 out=0 1/1/0/0/0 0/0", scene.logs().lineWith("fe be/"));
        }
    }

    @OnEveryEngine
    void shouldFollowATrackedServer(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(with(" server s1 127.0.0.1:@s1@ " + CHECKED + "\n server s2 127.0.0.1:@s2@\n")
                    + "backend follower\n server t1 127.0.0.1:@t1@ track be/s1\n");

            scene.closeOrigin("s1");

            assertEquals(
                    "Server follower/t1 is DOWN via be/s1. 0 active and 0 backup servers left. 0 sessions active, 0"
                            + " requeued, 0 remaining in queue.",
                    scene.logs().lineWith("follower/t1"));
        }
    }

    @OnEveryEngine
    void shouldRunOnBackupsWhenAllOthersAreDown(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.port("s1");
            scene.origin("b1");
            scene.start(with(" server s1 127.0.0.1:@s1@ " + CHECKED + "\n server b1 127.0.0.1:@b1@ backup\n"));

            assertEquals(
                    "Server be/s1 is DOWN, reason: Layer4 connection problem, info: \"Connection refused\","
                            + " check duration: Nms. 0 active and 1 backup servers left. Running on backup. 0 sessions"
                            + " active, 0 requeued, 0 remaining in queue.",
                    withoutDuration(scene.logs().lineWith("DOWN")));
        }
    }

    @OnEveryEngine
    void shouldTakeAServerOutThatAnswersWithErrors(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.origin("health");
            scene.startWhole(
                    BehaviourHttpTest.PREAMBLE + "listen web\n    bind 127.0.0.1:@fe@\n"
                            + "    server s1 127.0.0.1:@s1@ check port @health@ inter 60s observe layer7 error-limit 2 on-error mark-down\n");

            var client = scene.client("fe").send(REQUEST);
            var server = origin.accept();
            for (String status : List.of("500 A", "200 B", "404 C", "503 D", "502 E")) {
                server.expect(REQUEST).send(response(status));
                client.expect(response(status)).send(REQUEST);
            }

            assertEquals(
                    "Server web/s1 is DOWN, reason: Health analyze, info: \"Detected 2 consecutive errors, last one was:"
                            + " Wrong http response\". 0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0"
                            + " remaining in queue.",
                    scene.logs().lineWith("is DOWN").replaceAll("[1-9] sessions active", "0 sessions active"));
        }
    }
}
