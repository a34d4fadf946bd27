package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;

/** What is answered to, and logged of, bytes that are no request. */
@DisplayName("HTTP: what is no request")
final class BehaviourRefusalTest {
    private static final String PREAMBLE = """
            global
                nbthread 1
                log 127.0.0.1:@log@ local0
            defaults base
                mode http
                log global
                log-format "%ST %B %ts"
                timeout client 20s
                timeout server 20s
                timeout connect 5s
                timeout http-request 500ms
            frontend fe
                bind 127.0.0.1:@fe@
                http-request return status 204 if TRUE
                http-after-response set-header x-after yes
            """;

    private static String told(BehaviourEngine engine, String line, String sent) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            Files.writeString(scene.folder().resolve("page"), "HTTP/1.0 418 Tea\r\nX-Own: a\r\n\r\nno");
            scene.startWhole(PREAMBLE + "    " + line + "\n");

            String answer = scene.client("fe").send(sent).rest();

            return answer.replace("\r\n", "|") + " " + scene.log();
        }
    }

    @OnEveryEngine
    void shouldAnswerWithTheErrorFile(BehaviourEngine engine) throws Exception {
        assertEquals(
                "HTTP/1.0 418 Tea|x-own: a||no<FIN> 400 0 PR",
                told(engine, "errorfile 400 @folder@/page", "BAD\r\n\r\n"));
    }

    @OnEveryEngine
    void shouldSayNothingForAnEmptyErrorFile(BehaviourEngine engine) throws Exception {
        assertEquals("<FIN> 408 0 cR", told(engine, "errorfile 408 /dev/null", "GET / HTT"));
    }

    @OnEveryEngine
    void shouldSendItElsewhere(BehaviourEngine engine) throws Exception {
        assertEquals(
                "HTTP/1.1 303 See Other|cache-control: no-cache|content-length: 0|location: /bad||<FIN> 400 0 PR",
                told(engine, "errorloc303 400 /bad", "BAD\r\n\r\n"));
    }

    @OnEveryEngine
    void shouldNotFormatAnAnswerForIt(BehaviourEngine engine) throws Exception {
        assertEquals(
                "HTTP/1.1 400 Bad request|Content-length: 90|Cache-Control: no-cache|Connection: close|Content-Type: text/html||"
                        + "<html><body><h1>400 Bad request</h1>\nYour browser sent an invalid request.\n</body></html>\n<FIN> 400 0 PR",
                told(engine, "http-error status 400 content-type a/b lf-string \"%[src]\"", "BAD\r\n\r\n"));
    }

    @OnEveryEngine
    void shouldLogItUnlessNothingCame(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(PREAMBLE + "    option dontlognull\n");

            scene.client("fe").halfClose().rest();
            scene.client("fe").rest();
            scene.client("fe").send("GET / HT").halfClose().rest();
            assertEquals("400 0 CR", scene.log());
            scene.client("fe").send("BAD\r\n\r\n").rest();
            assertEquals("400 0 PR", scene.log());
            scene.client("fe").send("GET / HT").rest();
            assertEquals("408 0 cR", scene.log());
        }
    }
}
