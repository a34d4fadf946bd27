package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;

/** {@code option http-use-proxy-header}: clients that take it for a proxy. */
@DisplayName("HTTP: requests as to a proxy")
final class BehaviourProxyRequestsTest {
    private static final String OF_PROXY = "proxy-authorization: Basic YTpi\r\n";
    private static final String OF_ORIGIN = "authorization: Basic YTpi\r\n";

    private static final String WWW = "www-authenticate: Bearer\r\nwww-authenticate: Negotiate\r\n";

    private static BehaviourScene scene(BehaviourEngine engine, String frontend) throws Exception {
        return new BehaviourScene(engine)
                .startWhole(BehaviourHttpTest.PREAMBLE + "userlist u\n user a insecure-password b\n"
                        + "frontend fe\n bind 127.0.0.1:@fe@\n" + frontend
                        + " http-request auth realm r if !{ http_auth(u) }\n"
                        + " http-request return status 200 hdr u %[http_auth_user] hdr t %[http_auth_type]\n");
    }

    private static void shouldAnswer(BehaviourScene scene, String target, String fields, String start)
            throws Exception {
        scene.client("fe")
                .send("GET " + target + " HTTP/1.1\r\nhost: x\r\n" + fields + "\r\n")
                .expect(start);
    }

    private static String challenge(int status, String field) {
        return "HTTP/1.1 " + status + " Unauthorized\r\ncontent-length: 112\r\ncache-control: no-cache\r\n"
                + "content-type: text/html\r\n" + field + ": Basic realm=\"r\"\r\n";
    }

    @OnEveryEngine
    void shouldAskForTheCredentialsOfProxies(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " option http-use-proxy-header\n")) {
            shouldAnswer(scene, "http://x/a", "", challenge(407, "proxy-authenticate"));
            shouldAnswer(scene, "http://x/a", OF_ORIGIN, challenge(407, "proxy-authenticate"));
            shouldAnswer(scene, "http://x/a", OF_PROXY, "HTTP/1.1 200 OK\r\nu: a\r\nt: Basic\r\n");
        }
    }

    @OnEveryEngine
    void shouldAskOthersAsAnOriginDoes(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " option http-use-proxy-header\n")) {
            shouldAnswer(scene, "/a", OF_PROXY, challenge(401, "www-authenticate"));
            shouldAnswer(scene, "/a", OF_ORIGIN, "HTTP/1.1 200 OK\r\nu: a\r\nt: Basic\r\n");
        }
        try (var scene = scene(engine, "")) {
            shouldAnswer(scene, "http://x/a", OF_PROXY, challenge(401, "www-authenticate"));
        }
    }

    /** A page of their own, whose challenges of the kind that is asked give way. */
    @OnEveryEngine
    void shouldAskWithTheErrorFileOfTheStatus(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            page(scene, "origin");
            page(scene, "proxy");
            scene.startWhole(BehaviourHttpTest.PREAMBLE + """
                    frontend fe
                        bind 127.0.0.1:@fe@
                        option http-use-proxy-header
                        log-format %ST
                        errorfile 401 @folder@/origin
                        errorfile 407 @folder@/proxy
                        http-request return status 401 default-errorfiles if { path /page }
                        http-request auth realm r
                    """);
            String basic = "Basic realm=\"r\"\r\n\r\nhi";

            shouldAnswer(scene, "/a", "", asked("origin", "proxy-authenticate: Digest\r\n", "www", basic));
            shouldAnswer(scene, "http://x/a", "", asked("proxy", WWW, "proxy", basic));
            shouldAnswer(scene, "/page", "", asked("origin", WWW, "proxy", "Digest\r\n\r\nhi"));

            for (int status : new int[] {401, 407, 401}) {
                assertEquals(Integer.toString(status), scene.log());
            }
        }
    }

    private static void page(BehaviourScene scene, String name) throws Exception {
        Files.writeString(
                scene.folder().resolve(name),
                "HTTP/1.1 418 Tea\r\ncontent-length: 2\r\nof: " + name + "\r\n" + WWW
                        + "proxy-authenticate: Digest\r\n\r\nhi");
    }

    private static String asked(String page, String kept, String kind, String challenge) {
        return "HTTP/1.1 418 Tea\r\ncontent-length: 2\r\nof: " + page + "\r\n" + kept + kind + "-authenticate: "
                + challenge;
    }

    /** RFC 9112 section 3.2.4: OPTIONS without a path asks about the server, not about its root. */
    @OnEveryEngine
    void shouldGiveAnAbsoluteTargetAPathUnlessItAsksAboutTheServer(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(BehaviourHttpTest.PREAMBLE + "frontend fe\n bind 127.0.0.1:@fe@\n"
                    + " http-request return status 200 hdr u %[url]\n");

            shouldBeSeenAs(scene, "GET http://x", "http://x/");
            shouldBeSeenAs(scene, "OPTIONS http://x", "http://x");
            shouldBeSeenAs(scene, "OPTIONS http://x:80", "http://x");
            shouldBeSeenAs(scene, "OPTIONS http://x:80/", "http://x/");
        }
    }

    private static void shouldBeSeenAs(BehaviourScene scene, String asked, String seen) throws Exception {
        scene.client("fe")
                .send(asked + " HTTP/1.1\r\nhost: x\r\n\r\n")
                .expect("HTTP/1.1 200 OK\r\nu: " + seen + "\r\n");
    }
}
