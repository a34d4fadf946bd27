package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketException;
import org.junit.jupiter.api.DisplayName;

/** Rules of connections, sessions and contents, and the choice of backends and servers. */
@DisplayName("rules and switching")
final class BehaviourRulesTest {
    private static String with(String frontendLines, String backendLines) {
        return "frontend fe\n bind 127.0.0.1:@fe@\n" + frontendLines + "\n default_backend be\n"
                + "backend be\n" + backendLines + "\n server s1 127.0.0.1:@s1@\n"
                + "backend other\n server o1 127.0.0.1:@o1@\n";
    }

    /** One session that goes through. */
    private static String exchange(BehaviourScene scene, String origin, String question) throws Exception {
        var client = scene.client("fe").send(question);
        scene.origin(origin).accept().expect(question).send("ok").close();
        assertEquals("ok<FIN>", client.rest());
        client.close();
        return scene.log();
    }

    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        scene.origin("o1");
        return scene;
    }

    /** A reset may be there before the connection is. */
    private static String restFrom(BehaviourScene scene, String address) throws Exception {
        try {
            return scene.clientFrom(address, "fe").rest();
        } catch (SocketException reset) {
            return "<RST>";
        }
    }

    @OnEveryEngine
    void shouldRejectConnectionsWithoutALine(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(" tcp-request connection reject if { src 127.0.0.2 }", ""));

            assertEquals("<RST>", restFrom(scene, "127.0.0.2"));

            assertEquals("fe be/s1 -- in=1 out=2 1/1/0/0/0 0/0", exchange(scene, "s1", "x"));
        }
    }

    @OnEveryEngine
    void shouldRejectSessionsAfterTheProxyHeader(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(" tcp-request session reject if { src 10.1.1.1 }", "")
                    .replace("@fe@\n", "@fe@ accept-proxy\n"));

            var refused = scene.client("fe").send("PROXY TCP4 10.1.1.1 10.2.2.2 1000 2000\r\n");
            assertTrue(refused.rest().matches("<(FIN|RST)>"));
            var client = scene.client("fe").send("PROXY TCP4 10.1.1.2 10.2.2.2 1000 2000\r\nhello");
            scene.origin("s1").accept().expect("hello").close();
            client.expectEnd().close();

            String line = scene.logs().lineWith("be/s1");
            assertEquals("fe be/s1 -- in=5 out=0 1/1/0/0/0 0/0", line);
        }
    }

    @OnEveryEngine
    void shouldRejectByContent(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    " tcp-request inspect-delay 20s\n tcp-request content reject if { req.payload(0,3) -m str bad }\n"
                            + " tcp-request content accept if { req.len ge 3 }",
                    ""));

            scene.client("fe").send("bad").expectEnd();

            assertEquals("fe fe/<NOSRV> PR in=3 out=0 1/1/0/0/0 0/0", scene.log());
            assertEquals("fe be/s1 -- in=4 out=2 1/1/0/0/0 0/0", exchange(scene, "s1", "good"));
        }
    }

    @OnEveryEngine
    void shouldDropSilentlyByContent(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    " tcp-request inspect-delay 20s\n tcp-request content silent-drop if { req.payload(0,3) -m str bad }\n"
                            + " tcp-request content accept if { req.len ge 3 }",
                    ""));

            scene.client("fe").send("bad");

            assertEquals("fe fe/<NOSRV> PR in=3 out=0 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldResetWhomItDropsWithATimeToLive(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    " tcp-request inspect-delay 20s\n"
                            + " tcp-request content silent-drop rst-ttl 5 if { req.payload(0,3) -m str bad }\n",
                    ""));

            assertEquals("<RST>", scene.client("fe").send("bad").rest());

            assertEquals("fe fe/<NOSRV> PR in=3 out=0 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldWaitForTheEndOfTheDelay(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    " tcp-request inspect-delay 100ms\n tcp-request content accept if WAIT_END\n"
                            + " use_backend other if { req.len 0 }",
                    ""));

            var client = scene.client("fe");
            scene.origin("o1").accept().send("first").close();

            assertEquals("first<FIN>", client.rest());
            client.close();
            assertEquals("fe other/o1 -- in=0 out=5 1/1/0/0/0 0/0", scene.log());
        }
    }

    /** The rules before have run when their line comes, and run once. */
    @OnEveryEngine
    void shouldWaitForWhatIsTrackedAndCaptured(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                            " tcp-request inspect-delay 20s\n tcp-request content do-log\n"
                                    + " tcp-request content track-sc0 req.payload(0,5) table t\n"
                                    + " tcp-request content capture req.payload(6,5) len 8\n"
                                    + " log-format \"<%[sc0_key]> <%[capture.req.hdr(0)]>\"",
                            "")
                    + "backend t\n stick-table type string len 16 size 10\n");

            var client = scene.client("fe");
            assertEquals("<-> <->", scene.log());
            client.send("hello");
            client.send(" there");
            scene.origin("s1").accept().expect("hello there").send("ok").close();
            assertEquals("ok<FIN>", client.rest());
            client.close();

            assertEquals("<hello> <there>", scene.log());
        }
    }

    @OnEveryEngine
    void shouldGiveUpInspectingForAClientThatLeft(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    " tcp-request inspect-delay 20s\n tcp-request content accept if { req.len ge 100 }\n"
                            + " tcp-request content reject",
                    ""));

            scene.client("fe").send("abc").close();

            assertEquals("fe fe/<NOSRV> PR in=3 out=0 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldBlameAClientThatResetsWhileInspected(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(" tcp-request inspect-delay 20s\n tcp-request content accept if { req.len ge 100 }", ""));

            scene.client("fe").reset();

            String line = scene.log();
            assertTrue(line.matches("fe (fe/<NOSRV> CR|be/s1 C[CD]|be/<NOSRV> C.) in=0 out=0 .*"), line);
        }
    }

    @OnEveryEngine
    void shouldRunContentRulesOfTheBackendToo(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    "",
                    " tcp-request inspect-delay 20s\n tcp-request content reject if { req.payload(0,3) -m str bad }\n"
                            + " tcp-request content accept if { req.len ge 3 }"));

            scene.client("fe").send("bad").expectEnd();

            assertEquals("fe be/<NOSRV> PR in=3 out=0 1/1/0/0/0 0/0", scene.log());
            assertEquals("fe be/s1 -- in=4 out=2 1/1/0/0/0 0/0", exchange(scene, "s1", "good"));
        }
    }

    @OnEveryEngine
    void shouldRejectByResponse(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    "",
                    " tcp-response inspect-delay 20s\n tcp-response content reject if { res.payload(0,3) -m str bad }\n"
                            + " tcp-response content accept if { res.len ge 2 }"));

            var client = scene.client("fe").send("abc");
            scene.origin("s1").accept().expect("abc").send("bad news");
            assertTrue(client.rest().matches("<(FIN|RST)>"));

            String line = scene.log();
            assertTrue(line.matches("fe be/s1 PD in=3 out=8 1/1/0/0/0 0/0"), line);
            assertEquals("fe be/s1 -- in=4 out=2 1/1/0/0/0 0/0", exchange(scene, "s1", "good"));
        }
    }

    @OnEveryEngine
    void shouldCloseTheServerByResponse(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    "",
                    " tcp-response inspect-delay 20s\n tcp-response content close if { res.payload(0,3) -m str bye }\n"
                            + " tcp-response content accept if { res.len ge 2 }"));

            var client = scene.client("fe").send("abc");
            scene.origin("s1").accept().expect("abc").send("bye bye");

            assertEquals("<FIN>", client.rest());
            client.close();
            assertEquals("fe be/s1 -- in=3 out=7 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldSwitchByAddressPortAndName(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    " acl other_client src 127.0.0.2 127.0.0.3\n use_backend other if other_client !{ dst_port 1 }",
                    ""));

            var client = scene.clientFrom("127.0.0.3", "fe").send("x");
            scene.origin("o1").accept().expect("x").close();
            client.expectEnd().close();

            assertEquals("fe other/o1 -- in=1 out=0 1/1/0/0/0 0/0", scene.log());
            assertEquals("fe be/s1 -- in=1 out=2 1/1/0/0/0 0/0", exchange(scene, "s1", "y"));
        }
    }

    @OnEveryEngine
    void shouldComputeTheBackendsName(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    " tcp-request inspect-delay 20s\n tcp-request content set-var(sess.b) req.payload(0,5)\n"
                            + " tcp-request content accept if { req.len ge 5 }\n use_backend %[var(sess.b)]",
                    ""));

            assertEquals("fe other/o1 -- in=5 out=2 1/1/0/0/0 0/0", exchange(scene, "o1", "other"));
            assertEquals("fe be/s1 -- in=5 out=2 1/1/0/0/0 0/0", exchange(scene, "s1", "xxxxx"));
        }
    }

    @OnEveryEngine
    void shouldUseTheServerThatARuleNames(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with("", " use-server s2 if { src 127.0.0.1 }\n server s2 127.0.0.1:@o1@"));

            for (int i = 0; i < 3; i++) {
                assertEquals("fe be/s2 -- in=1 out=2 1/1/0/0/0 0/0", exchange(scene, "o1", "x"));
            }
        }
    }

    @OnEveryEngine
    void shouldChangeTheSourceForRulesAndLogs(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    " log-format \"%ci:%cp %ts %[src] %[fc_src] %[var(txn.v)]\"\n"
                            + " tcp-request connection set-src ipv4(10.9.8.7)\n"
                            + " tcp-request content set-var(txn.v) src,ipmask(8)",
                    ""));

            String line = exchange(scene, "s1", "x");

            assertTrue(line.matches("10\\.9\\.8\\.7:\\d+ -- 10\\.9\\.8\\.7 10\\.9\\.8\\.7 10\\.0\\.0\\.0"), line);
        }
    }

    @OnEveryEngine
    void shouldExpectAProxyHeaderByRule(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    " log-format \"%ci:%cp %fi:%fp %ts %U\"\n"
                            + " tcp-request connection expect-proxy layer4 if { src 127.0.0.1 }",
                    ""));

            var client = scene.client("fe").send("PROXY TCP6 2001:db8::1 2001:db8::2 1000 2000\r\nhello");
            scene.origin("s1").accept().expect("hello").close();
            client.expectEnd().close();

            assertEquals("2001:db8::1:1000 2001:db8::2:2000 -- 5", scene.log());
        }
    }

    @OnEveryEngine
    void shouldInheritRulesOfNamedDefaults(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start("""
                    defaults strict from base
                        tcp-request connection reject if { src 127.0.0.2 }
                    frontend fe from strict
                        bind 127.0.0.1:@fe@
                        default_backend be
                    backend be from base
                        server s1 127.0.0.1:@s1@
                    """);

            assertTrue(scene.clientFrom("127.0.0.2", "fe").rest().matches("<(FIN|RST)>"));

            assertEquals("fe be/s1 -- in=1 out=2 1/1/0/0/0 0/0", exchange(scene, "s1", "x"));
        }
    }

    @OnEveryEngine
    void shouldFindNothingOfHttpInOtherBytes(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.startWhole(
                    BehaviourScene.PREAMBLE.replaceFirst("log-format .*", "log-format '%[var(txn.v)] %[var(req.w)]'")
                            + with(
                                    " tcp-request content set-var(req.w) str(w)\n"
                                            + " tcp-request content set-var-fmt(txn.v) '[%[http_auth_user] %[http_auth_pass]"
                                            + " %[http_auth_type] %[http_auth_bearer] %[fc_http_major] %[method]]'",
                                    ""));

            assertEquals("[     ] -", exchange(scene, "s1", "bytes"));
        }
    }
}
