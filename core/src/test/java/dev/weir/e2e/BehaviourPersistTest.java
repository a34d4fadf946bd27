package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;

/** Sessions that belong to a server: by a rule, or by the cookie of a terminal server. */
@DisplayName("persistence in mode tcp")
final class BehaviourPersistTest {
    /** A remote desktop client's first bytes, up to the cookie. */
    private static final String RDP = "\3\0\0\52\45\340\0\0\0\0\0Cookie: ";

    private static String with(String backendLines) {
        return "frontend fe\n bind 127.0.0.1:@fe@\n log-format \"%s %ts\"\n tcp-request inspect-delay 5s\n"
                + " tcp-request content accept if { req.len gt 0 }\n default_backend be\nbackend be\n" + backendLines
                + " server s1 127.0.0.1:@s1@\n server s2 127.0.0.1:@s2@\n";
    }

    /** The cookie that names a server on this machine. */
    private static String msts(BehaviourScene scene, String server) {
        int port = Short.reverseBytes((short) scene.port(server)) & 0xFFFF;
        return RDP + "msts=" + Integer.toUnsignedString(Integer.reverseBytes(0x7F00_0001)) + "." + port + ".0000\r\n";
    }

    private static String serverOf(BehaviourScene scene, String sent, String... mayServe) throws Exception {
        try (var client = scene.client("fe").send(sent).halfClose()) {
            for (String name : mayServe) {
                scene.origin(name).accept().expect(sent).close();
            }
            client.expectEnd();
        }
        return scene.log();
    }

    @OnEveryEngine
    void shouldFollowTheCookieOfATerminalServer(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.origin("s2");
            scene.start(with(" persist rdp-cookie\n"));

            for (int i = 0; i < 3; i++) {
                assertEquals("s2 --", serverOf(scene, msts(scene, "s2"), "s2"));
            }
            assertEquals("s1 --", serverOf(scene, msts(scene, "s1"), "s1"));
        }
    }

    @OnEveryEngine
    void shouldNotFollowACookieOfAnotherName(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.origin("s2");
            scene.start(with(" persist rdp-cookie(other)\n"));

            assertEquals("s1 --", serverOf(scene, msts(scene, "s2"), "s1"));
        }
    }

    @OnEveryEngine
    void shouldSendAUserToOneServer(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.origin("s2");
            scene.start(with(" balance rdp-cookie\n"));

            for (String userAndServer : "anna-s1 bert-s2 carl-s1 dora-s1 emil-s2 anna-s1 bert-s2".split(" ")) {
                String user = userAndServer.substring(0, 4);
                String server = userAndServer.substring(5);
                assertEquals(server + " --", serverOf(scene, RDP + "mstshash=" + user + "\r\n", server));
            }
        }
    }

    private static String withServerDown(String backendLines) {
        return with(backendLines).replace("@s2@", "@s2@ disabled");
    }

    @OnEveryEngine
    void shouldPassOverARuleWhoseServerIsDown(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.origin("s2");
            scene.start(withServerDown(" use-server s2 if TRUE\n"));

            assertEquals("s1 --", serverOf(scene, "x", "s1"));
        }
    }

    @OnEveryEngine
    void shouldGoToAServerThatIsDownByForce(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.origin("s2");
            scene.start(withServerDown(" use-server s2 if TRUE\n force-persist if { req.payload(0,1) -m str f }\n"));

            assertEquals("s2 --", serverOf(scene, "forced", "s2"));
            assertEquals("s1 --", serverOf(scene, "normal", "s1"));
        }
    }

    @OnEveryEngine
    void shouldGoToAServerThatIsDownIfTheBackendPersists(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.origin("s2");
            scene.start(withServerDown(" option persist\n persist rdp-cookie\n"));

            assertEquals("s2 --", serverOf(scene, msts(scene, "s2"), "s2"));
        }
    }

    private static final String STICKY =
            " stick-table type ip size 10\n stick on src\n use-server s2 if { req.payload(0,1) -m str f }\n"
                    + " force-persist if { req.payload(0,1) -m str f }\n";

    /** Nor does its key lead there later: what took the session does. */
    @OnEveryEngine
    void shouldNotStickToAServerThatIsDown(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.origin("s2");
            scene.start(withServerDown(STICKY));

            assertEquals("s2 --", serverOf(scene, "forced", "s2"));
            assertEquals("s1 --", serverOf(scene, "normal", "s1"));
        }
    }

    @OnEveryEngine
    void shouldStickToAServerThatIsDownIfTheBackendPersists(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.origin("s2");
            scene.start(withServerDown(" option persist\n" + STICKY));

            assertEquals("s2 --", serverOf(scene, "forced", "s2"));
            assertEquals("s2 --", serverOf(scene, "normal", "s2"));
        }
    }
}
