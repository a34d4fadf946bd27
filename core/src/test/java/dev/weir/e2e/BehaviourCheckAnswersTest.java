package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;

/** What health checks make of answers that are broken, that do not end, or that grant another protocol. */
@DisplayName("odd answers to health checks")
final class BehaviourCheckAnswersTest extends CheckRows {
    @OnEveryEngine
    void shouldRefuseAnAnswerThatIsBrokenBehindItsHead(BehaviourEngine engine) throws Exception {
        String badChunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n";
        String badCoding = "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\nab";
        String mismatch = invalid("TCPCHK did not match content(status codes) at step 1");
        try (var scene = new BehaviourScene(engine)) {
            for (String answer : List.of(badChunk, badCoding)) {
                String line = HTTP + "http-check expect ";
                row(scene, says("", answer), line + "status 200", mismatch);
                row(scene, stays("", answer), line + "! status 500 error-status L7STS", mismatch);
                row(
                        scene,
                        says("", answer),
                        line + "string ab",
                        invalid("TCPCHK did not match content 'ab' at step 1"));
                row(
                        scene,
                        says("", answer),
                        line + "! rstring z",
                        invalid("TCPCHK did not match content (regex) at step 1"));
                row(scene, says("", answer), line + "string ab on-error \"got %[status]\"", invalid("got 200"));
            }
            String lines = "HTTP/1.1 200 OK\ncontent-length: 2\n\nab";
            row(
                    scene,
                    says("", lines),
                    HTTP + "option accept-unsafe-violations-in-http-response",
                    "Layer7 check passed, code: 200");
            compare(scene);
        }
    }

    @OnEveryEngine
    void shouldWaitForTheRestOfAnAnswerThatIsNotRightYet(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            String timeout = "timeout check 300ms\n ";
            row(scene, stays("", "-NOAUTH x\r\n"), timeout + "option redis-check", "Layer7 timeout");
            row(scene, stays("220 hi\r\n", "500 no\r\n"), timeout + "option smtpchk", "Layer7 timeout");
            row(
                    scene,
                    stays("220 hi\r\n", "250-a\r\n250 b\r\n", "221 bye\r\n"),
                    timeout + "option smtpchk",
                    "Layer7 check passed, code: 221, info: \"bye\"");
            row(scene, says("220 hi\r\n", "2"), timeout + "option smtpchk", "Layer7 wrong status, code: 0");
            compare(scene);
        }
    }

    @OnEveryEngine
    void shouldAskForWebSocketWithAKey(BehaviourEngine engine) throws Exception {
        String answer = "HTTP/1.1 101 S\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                + "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
        String asking = HTTP + "http-check send meth GET ver HTTP/1.1 hdr upgrade websocket hdr connection upgrade";
        String expecting = "\n http-check expect status 101";
        try (var scene = new BehaviourScene(engine)) {
            var keyless = says("", answer);
            var keyed = says("", answer);
            row(scene, keyless, asking + expecting, invalid("TCPCHK did not match content(status codes) at step 2"));
            row(
                    scene,
                    keyed,
                    asking + " hdr sec-websocket-key dGhlIHNhbXBsZSBub25jZQ==" + expecting,
                    "Layer7 check passed, code: 101");
            compare(scene);

            assertThat(keyless.asked())
                    .matches("GET / HTTP/1.1\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                            + "Sec-Websocket-Key: [A-Za-z0-9+/]{22}==\r\n\r\n");
            assertThat(keyed.asked()).containsOnlyOnce("sec-websocket-key:").doesNotContain("Sec-Websocket-Key");
        }
    }
}
