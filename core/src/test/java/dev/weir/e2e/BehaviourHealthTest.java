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

    // ---- disable-on-404 ----

    private static final String LEAVING = """
            global
                nbthread 1
                log 127.0.0.1:@log@ local0
                stats socket @folder@/api mode 600 level admin
            defaults
                mode http
                log global
                timeout client 20s
                timeout server 20s
                timeout connect 5s
                timeout check 20s
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend be
            backend be
                balance first
                option httpchk
                http-check disable-on-404
                cookie SRV insert indirect
                server s1 127.0.0.1:@s1@ cookie c1 check port @health@ inter 50ms rise 1 fall 1
                server s2 127.0.0.1:@s2@ cookie c2
            backend follower
                option httpchk
                http-check disable-on-404
                server t1 127.0.0.1:@t1@ track be/s1
            """;

    private static final String CHECKED_UP =
            "Server be/s1 is UP, reason: Layer7 check passed, code: 200, check duration:"
                    + " Nms. 2 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.";

    /** Answers the next check. */
    private static void check(BehaviourScene scene, String status) throws Exception {
        scene.origin("health").accept().answer(response(status)).close();
    }

    /** A request of a client that has nothing to do with others, which that server answers. */
    private static void request(BehaviourScene scene, String cookie, String server) throws Exception {
        String fields = cookie.isEmpty() ? "" : "cookie: SRV=" + cookie + "\r\n";
        try (var client = scene.client("fe").send("GET / HTTP/1.1\r\nhost: x\r\n" + fields + "\r\n")) {
            scene.origin(server)
                    .accept()
                    .answer("HTTP/1.1 204 No\r\nconnection: close\r\n\r\n")
                    .close();
            client.expect("HTTP/1.1 204 No\r\n");
        }
    }

    private static String status(BehaviourScene scene, String proxy, String server) throws Exception {
        var row = new BehaviourApi(scene).row(proxy, server);
        return row.get("status") + " " + row.get("check_status").replace("* ", "") + " " + row.get("check_code");
    }

    private static BehaviourScene leaving(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        scene.origin("s2");
        scene.origin("health");
        return scene.startWhole(LEAVING);
    }

    @OnEveryEngine
    void shouldGiveNoNewClientsToAServerThatSays404(BehaviourEngine engine) throws Exception {
        try (var scene = leaving(engine)) {
            check(scene, "200 OK");
            check(scene, "404 Leaving");
            assertEquals(
                    "Server be/s1 is stopping, reason: Layer7 check conditionally passed, code: 404, check duration: Nms."
                            + " 1 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.",
                    withoutDuration(scene.logs().lineWith("be/s1 ")));
            assertEquals(
                    "Server follower/t1 is stopping via be/s1. 0 active and 0 backup servers online. 0 sessions requeued, 0"
                            + " total in queue.",
                    scene.logs().lineWith("follower/t1"));
            assertEquals("NOLB L7OKC 404", status(scene, "be", "s1"));
            assertEquals("NOLB  ", status(scene, "follower", "t1"));

            request(scene, "", "s2");
            request(scene, "c1", "s1");
            request(scene, "", "s2");

            check(scene, "200 OK");
            assertEquals(CHECKED_UP, withoutDuration(scene.logs().lineWith("be/s1 ")));
            request(scene, "", "s1");
        }
    }

    @OnEveryEngine
    void shouldTake404OfAServerThatIsDownForAFailure(BehaviourEngine engine) throws Exception {
        try (var scene = leaving(engine)) {
            check(scene, "500 No");
            assertEquals(
                    "Server be/s1 is DOWN, reason: Layer7 wrong status, code: 500, info: \"No\", check duration: Nms. 1"
                            + " active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
                    withoutDuration(scene.logs().lineWith("be/s1 ")));

            check(scene, "404 Leaving");
            check(scene, "404 Leaving");
            assertEquals("DOWN L7STS 404", status(scene, "be", "s1"));
            check(scene, "200 OK");
            assertEquals(CHECKED_UP, withoutDuration(scene.logs().lineWith("be/s1 ")));
        }
    }
}
