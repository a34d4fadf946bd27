package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;

/** {@code option checkcache}: cookies that a cache would hand to others. */
@DisplayName("HTTP: cookies in caches")
final class BehaviourCacheabilityTest {
    private static final String COOKIE = "set-cookie: a=b|";

    /** @return the status that the client gets */
    private static String status(BehaviourScene scene, String method, int status, String fields) throws Exception {
        String length = method.equals("POST") ? "content-length: 0\r\n" : "";
        var client = scene.client("fe").send(method + " / HTTP/1.1\r\nhost: x\r\n" + length + "\r\n");
        var server = scene.origin("s1")
                .accept()
                .answer("HTTP/1.1 " + status + " X\r\ncontent-length: 3\r\n" + fields.replace("|", "\r\n") + "\r\nabc");
        String head = client.readHead();
        client.close();
        server.close();
        return head.substring(9, 12);
    }

    private static BehaviourScene scene(BehaviourEngine engine, String backend) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(BehaviourHttpTest.PREAMBLE.replace("%ts", "%ts %ST")
                + BehaviourHttpTest.ONE_SERVER
                        .replace("\nbackend be\n", "\nbackend be\n http-reuse never\n" + backend)
                        .replace("@s1@\n", "@s1@ cookie A\n"));
    }

    @OnEveryEngine
    void shouldWithholdResponsesThatMayBeKeptWithTheirCookies(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " option checkcache\n")) {
            for (String fields : new String[] {
                COOKIE + "cache-control: max-age=1|",
                COOKIE + "expires: x|",
                COOKIE + "etag: x|",
                COOKIE + "last-modified: x|cache-control: no-cache=\"set-cookie\", public|",
                COOKIE + "cache-control: max-age=0, s-maxage=2|",
                "set-cookie:|expires: x|",
            }) {
                assertThat(status(scene, "GET", 200, fields)).as(fields).isEqualTo("502");
            }
            assertThat(status(scene, "POST", 200, COOKIE + "expires: x|cache-control: public|"))
                    .isEqualTo("502");
        }
    }

    @OnEveryEngine
    void shouldPassAllOthers(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " option checkcache\n")) {
            for (String fields : new String[] {
                COOKIE,
                "expires: x|",
                COOKIE + "expires: x|cache-control: private|",
                COOKIE + "expires: x|cache-control: no-cache|",
                COOKIE + "expires: x|cache-control: no-store|",
                COOKIE + "expires: x|cache-control: no-cache=\"set-cookie\"|",
                COOKIE + "cache-control: max-age=0|",
                COOKIE + "expires: x|pragma: no-cache|",
                "set-cookie2: a=b|expires: x|",
            }) {
                assertThat(status(scene, "GET", 200, fields)).as(fields).isEqualTo("200");
            }
            assertThat(status(scene, "POST", 200, COOKIE + "expires: x|")).isEqualTo("200");
            assertThat(status(scene, "GET", 302, COOKIE + "expires: x|")).isEqualTo("302");
        }
    }

    @OnEveryEngine
    void shouldSaySoInTheLog(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " option checkcache\n")) {
            assertThat(status(scene, "GET", 200, COOKIE + "expires: x|")).isEqualTo("502");

            String lines = scene.log() + "\n" + scene.log();
            assertThat(lines)
                    .contains("Blocking cacheable cookie in response from instance be, server s1.")
                    .contains("fe be/s1 PH 502");
        }
    }

    @OnEveryEngine
    void shouldNotTakeTheProxysOwnCookieForTheServers(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " option checkcache\n cookie C insert\n")) {
            assertThat(status(scene, "GET", 200, "expires: x|")).isEqualTo("200");
            assertThat(status(scene, "GET", 200, COOKIE + "expires: x|")).isEqualTo("502");
        }
        try (var scene = scene(engine, " option checkcache\n cookie C insert nocache\n")) {
            assertThat(status(scene, "GET", 200, COOKIE + "expires: x|")).isEqualTo("200");
        }
    }
}
