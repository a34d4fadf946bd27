package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** What health checks ask and what they make of answers: one backend for each row, the first message about its server. */
@DisplayName("scripts of health checks")
final class BehaviourCheckTest extends CheckRows {
    @OnEveryEngine
    void shouldRunTcpScripts(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            row(scene, says("abc"), TCP, "Layer4 check passed");
            row(scene, says("abc"), TCP + "tcp-check connect", "Layer4 check passed, info: \"(tcp-check)\"");
            row(scene, says("xabcx"), TCP + "tcp-check expect string abc", passed("(tcp-check)"));
            row(
                    scene,
                    says("xyz"),
                    TCP + "tcp-check expect string abc",
                    invalid("TCPCHK did not match content 'abc' at step 1"));
            row(
                    scene,
                    says("xyz"),
                    TCP + "tcp-check comment why\n tcp-check expect rstring ^a.c",
                    invalid("TCPCHK did not match content (regex) at step 2 comment: why"));
            row(
                    scene,
                    says("abc"),
                    TCP + "tcp-check expect ! string abc",
                    invalid("TCPCHK matched unwanted content 'abc' at step 1"));
            row(scene, says("abc"), TCP + "tcp-check expect rbinary ^6162", passed("(tcp-check)"));
            row(scene, says("abc"), TCP + "tcp-check expect binary 6263", passed("(tcp-check)"));
            row(
                    scene,
                    says(""),
                    TCP + "tcp-check expect string abc",
                    invalid("TCPCHK got an empty response at step 1"));
            row(scene, says(""), TCP + "tcp-check expect ! string abc", passed("(tcp-check)"));
            row(
                    scene,
                    says(""),
                    TCP + "tcp-check expect ! string abc\n tcp-check expect string x",
                    invalid("TCPCHK got an empty response at step 2"));
            row(
                    scene,
                    stays("ab"),
                    TCP + "tcp-check expect string abc",
                    "Layer7 timeout, info: \" at step 1 of tcp-check (expect string 'abc')\"");
            row(
                    scene,
                    says("", "pong"),
                    TCP + "tcp-check send-binary 70696e67\n tcp-check expect string pong on-success all\\ is\\ well",
                    passed("all is well"));
            row(
                    scene,
                    says("abc"),
                    TCP + "tcp-check set-var(check.a) int(5)\n tcp-check expect string a on-success %[var(check.a)]",
                    passed("5"));
            row(
                    scene,
                    says("abc"),
                    TCP + "tcp-check expect string x error-status L7STS on-error \"got %[res.payload(0,2)]\"",
                    "Layer7 wrong status, code: 0, info: \"got ab\"");
            row(scene, says("abc", ""), TCP + "tcp-check expect string a\n tcp-check send x", passed("(tcp-check)"));
            compare(scene);
        }
    }

    @OnEveryEngine
    void shouldRunHttpScripts(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            row(scene, says("", OK), HTTP, "Layer7 check passed, code: 200");
            row(scene, says("", SORRY), HTTP, "Layer7 wrong status, code: 503, info: \"Sorry\"");
            row(
                    scene,
                    says("", UNNAMED),
                    HTTP,
                    "Layer7 wrong status, code: 500, info: \"TCPCHK did not match content(status codes) at step 2\"");
            row(
                    scene,
                    says("", UNNAMED),
                    HTTP + "http-check expect status 200",
                    "Layer7 wrong status, code: 500, info: \"TCPCHK did not match content(status codes) at step 1\"");
            row(scene, says("", SORRY), HTTP + "http-check expect status 500-599", "Layer7 check passed, code: 503");
            row(scene, says("", SORRY), HTTP + "http-check expect ! rstatus ^2", "Layer7 check passed, code: 503");
            row(scene, says("", OK), HTTP + "http-check expect string ab", "Layer7 check passed, code: 200");
            row(scene, says("", CHUNKED), HTTP + "http-check expect string cd", "Layer7 check passed, code: 200");
            row(
                    scene,
                    says("", OK),
                    HTTP + "http-check expect rstring xx",
                    invalid("HTTP content check did not match"));
            row(
                    scene,
                    says("", SORRY),
                    HTTP + "http-check expect string a",
                    invalid("HTTP content check could not find a response body"));
            row(
                    scene,
                    says("", OK),
                    HTTP + "http-check expect hdr name X-A value -m beg tw",
                    "Layer7 check passed, code: 200");
            row(
                    scene,
                    says("", OK),
                    HTTP + "http-check expect fhdr name x-a value two",
                    "Layer7 wrong status, code: 200, info: \"OK\"");
            row(
                    scene,
                    says("", OK),
                    HTTP + "http-check expect status 200 status-code int(7) on-success \"%[res.hdr(x-a)] %[res.body]\"",
                    "Layer7 check passed, code: 7, info: \"two ab\"");
            row(scene, says("", "garbage\r\n"), HTTP, "Socket error");
            row(scene, stays("", "HTTP/1.1 2"), HTTP, "Layer7 timeout");
            compare(scene);
        }
    }

    @OnEveryEngine
    void shouldSayOfAMismatchWhatTheStepSays(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            String told = " on-error \"got %[res.hdr(content-length)]\"";
            for (String wanted : List.of("status 200", "rstatus ^2", "hdr name x-a", "fhdr name x-a")) {
                String line = HTTP + "http-check expect " + wanted;
                row(scene, says("", SORRY), line + told, "Layer7 wrong status, code: 503, info: \"got 0\"");
                row(scene, says("", SORRY), line + " error-status L7RSP", invalid("Sorry"));
            }
            for (String wanted : List.of("string zz", "rstring zz", "string-lf zz", "! string ab")) {
                row(scene, says("", OK), HTTP + "http-check expect " + wanted + told, invalid("got 2"));
            }
            row(scene, says("", SORRY), HTTP + "http-check expect string zz" + told, invalid("got 0"));
            row(
                    scene,
                    says("", OK),
                    HTTP + "http-check expect string zz error-status L7STS",
                    "Layer7 wrong status, code: 200, info: \"HTTP content check did not match\"");
            row(
                    scene,
                    says("", SORRY),
                    HTTP + "http-check expect string zz error-status L7STS",
                    "Layer7 wrong status, code: 503, info: \"HTTP content check could not find a response body\"");
            row(
                    scene,
                    stays("", "HTTP/1.1 2"),
                    HTTP + "http-check expect status 200 tout-status L6TOUT",
                    "Layer6 timeout");
            compare(scene);
        }
    }

    @OnEveryEngine
    void shouldJudgeWhatCameOfABody(BehaviourEngine engine) throws Exception {
        String head = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n";
        String cutChunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\nd";
        String noMatch = invalid("HTTP content check did not match");
        String passed = "Layer7 check passed, code: 200";
        try (var scene = new BehaviourScene(engine)) {
            for (String answer : List.of(head + "ab", cutChunk)) {
                row(scene, says("", answer), HTTP + "http-check expect status 200", passed);
                row(scene, says("", answer), HTTP + "http-check expect string ab", passed);
                row(scene, says("", answer), HTTP + "http-check expect string zz", noMatch);
                row(scene, says("", answer), HTTP + "http-check expect rstring zz", noMatch);
                row(scene, says("", answer), HTTP + "http-check expect ! string zz", passed);
            }
            row(
                    scene,
                    says("", head),
                    HTTP + "http-check expect string ab",
                    invalid("HTTP content check could not find a response body"));
            compare(scene);
        }
    }

    @OnEveryEngine
    void shouldCommentOnAnswersAlone(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            String commented = HTTP + "http-check expect comment why status 200";
            row(scene, says("", "garbage\r\n"), commented, "Socket error");
            row(scene, says("", "HTTP/1.1 20"), commented + " on-error x", "Socket error");
            row(scene, says("", ""), commented, "Socket error");
            row(scene, says("", SORRY), commented, "Layer7 wrong status, code: 503, info: \"Sorry comment: why\"");
            compare(scene);
        }
    }

    @OnEveryEngine
    void shouldNameAMismatchAlikeInBothSenses(BehaviourEngine engine) throws Exception {
        Map<String, String> patterns = Map.of(
                "! status 500", "(status codes)",
                "! rstatus ^5", " (regex)",
                "! hdr name content-length", " (header pattern)",
                "hdr name x-a", " (header pattern)");
        try (var scene = new BehaviourScene(engine)) {
            for (var row : patterns.entrySet()) {
                String info = "TCPCHK did not match content" + row.getValue() + " at step 1";
                row(
                        scene,
                        says("", UNNAMED),
                        HTTP + "http-check expect " + row.getKey(),
                        "Layer7 wrong status, code: 500, info: \"" + info + "\"");
            }
            compare(scene);
        }
    }

    @OnEveryEngine
    void shouldSpeakKnownProtocols(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            row(scene, says("", "+PONG\r\n"), "option redis-check", passed("Redis server is ok"));
            row(
                    scene,
                    says("", "-NOAUTH x\r\n"),
                    "option redis-check",
                    "Layer7 wrong status, code: 0, info: \"-NOAUTH x\"");
            row(
                    scene,
                    says("220 hi\r\n", "250 me\r\n", "221 bye\r\n"),
                    "option smtpchk",
                    "Layer7 check passed, code: 221, info: \"bye\"");
            row(scene, says("554  no\r\n"), "option smtpchk", "Layer7 wrong status, code: 554, info: \"no\"");
            row(
                    scene,
                    says("", "R\0\0\0\010\0\0\0\0"),
                    "option pgsql-check user bob",
                    passed("PostgreSQL server is ok"));
            row(
                    scene,
                    says("", "E\0\0\0\040SFATAL\0C28000\0Mno such role\0\0"),
                    "option pgsql-check user bob",
                    invalid("FATAL"));
            row(
                    scene,
                    says("", "0\014\002\001\001a\007\012\001\0\004\0\004\0"),
                    "option ldap-check",
                    passed("Success"));
            row(scene, says("", "hello hello hello"), "option ldap-check", invalid("Not LDAPv3 protocol"));
            row(scene, says("", "\026\003\0\0\1\2"), "option ssl-hello-chk", "Layer6 check passed");
            row(scene, says(""), "option mysql-check", invalid("TCPCHK got an empty response at step 2"));
            if (engine != BehaviourEngine.HAPROXY) { // which looks at bytes that are not there
                row(scene, says("\1\0\0\0\377"), "option mysql-check", "Layer7 wrong status, code: 0");
            }
            row(scene, says(greeting()), "option mysql-check", passed("5.5.5"));
            row(
                    scene,
                    says(greeting(), "\007\0\0\002\0\0\0\002\0\0\0"),
                    "option mysql-check user bob",
                    passed("5.5.5"));
            compare(scene);
        }
    }

    /** Of a MySQL server. */
    private static String greeting() {
        String body = "\0125.5.5\0\1\0\0\00012345678\0\377\377\10\2\0" + "\0".repeat(13) + "123456789012\0";
        return (char) body.length() + "\0\0\0" + body;
    }

    @OnEveryEngine
    void shouldAskAsTold(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var plain = says("", OK);
            var posted = says("", OK);
            var logged = says("", "R\0\0\0\010\0\0\0\0");
            row(scene, plain, "option httpchk GET /x HTTP/1.1 a.b", "Layer7 check passed, code: 200");
            row(
                    scene,
                    posted,
                    HTTP + "http-check send meth POST uri /y ver HTTP/1.1 hdr X-A %[srv_name] body abc",
                    "Layer7 check passed, code: 200");
            row(scene, logged, "option pgsql-check user bob", passed("PostgreSQL server is ok"));
            compare(scene);

            assertThat(plain.asked()).isEqualTo("GET /x HTTP/1.1\r\nhost: a.b\r\nconnection: close\r\n\r\n");
            assertThat(posted.asked())
                    .isEqualTo("POST /y HTTP/1.1\r\nx-a: s1\r\ncontent-length: 3\r\nconnection: close\r\n\r\nabc");
            assertThat(logged.asked()).isEqualTo("\0\0\0\022\0\3\0\0user\0bob\0\0");
        }
    }

    @OnEveryEngine
    void shouldSayWhetherToCloseInTheFormOfTheVersion(BehaviourEngine engine) throws Exception {
        Map<String, String> fields = Map.of(
                "ver HTTP/1.1 hdr connection close", "connection: close\r\n",
                "ver HTTP/1.1 hdr connection keep-alive", "",
                "ver HTTP/1.1 hdr Connection close hdr connection Keep-Alive", "connection: close\r\n",
                "ver HTTP/1.1 hdr Connection \"keep-alive, x\"", "connection: x\r\n",
                "ver HTTP/1.1 hdr connection upgrade", "connection: upgrade\r\n",
                "hdr connection close", "",
                "hdr connection keep-alive", "connection: keep-alive\r\n",
                "hdr connection x", "connection: x\r\nconnection: keep-alive\r\n",
                "hdr connection upgrade", "connection: upgrade\r\n");
        try (var scene = new BehaviourScene(engine)) {
            Map<String, ScriptedServer> servers = new LinkedHashMap<>();
            for (String line : fields.keySet()) {
                var server = says("", OK);
                servers.put(line, server);
                row(scene, server, HTTP + "http-check send " + line, "Layer7 check passed, code: 200");
            }
            compare(scene);

            fields.forEach((line, expected) -> assertThat(servers.get(line).asked())
                    .as(line)
                    .isEqualTo(
                            "OPTIONS / HTTP/1." + (line.startsWith("ver") ? "1" : "0") + "\r\n" + expected + "\r\n"));
        }
    }

    @OnEveryEngine
    void shouldSayThatNoBodyFollows(BehaviourEngine engine) throws Exception {
        Map<String, Boolean> saying = new LinkedHashMap<>();
        List.of("GET", "HEAD", "OPTIONS", "DELETE").forEach(method -> saying.put(method, false));
        List.of("POST", "PUT", "PATCH", "CONNECT", "TRACE", "FOO", "get").forEach(method -> saying.put(method, true));
        try (var scene = new BehaviourScene(engine)) {
            Map<String, ScriptedServer> servers = new LinkedHashMap<>();
            for (String method : saying.keySet()) {
                var server = says("", OK);
                servers.put(method, server);
                row(
                        scene,
                        server,
                        HTTP + "http-check send meth " + method + " ver HTTP/1.1",
                        "Layer7 check passed, code: 200");
            }
            compare(scene);

            saying.forEach((method, isSaid) -> assertThat(servers.get(method).asked())
                    .isEqualTo(method + " / HTTP/1.1\r\n" + (isSaid ? "content-length: 0\r\n" : "")
                            + "connection: close\r\n\r\n"));
        }
    }

    @OnEveryEngine
    void shouldNotOfferHttp2(BehaviourEngine engine) throws Exception {
        Map<String, String> fields = Map.of(
                "h2c", "",
                "H2C", "",
                "h2", "",
                "\" h2c,h2c\"", "",
                "\"h2c, x\"", "upgrade: x\r\n",
                "\"x, h2c\"", "upgrade: x\r\n",
                "\"x ,y\"", "upgrade: x ,y\r\n");
        try (var scene = new BehaviourScene(engine)) {
            Map<String, ScriptedServer> servers = new LinkedHashMap<>();
            for (String value : fields.keySet()) {
                var server = says("", OK);
                servers.put(value, server);
                row(
                        scene,
                        server,
                        HTTP + "http-check send ver HTTP/1.1 hdr Upgrade " + value + " hdr connection upgrade",
                        "Layer7 check passed, code: 200");
            }
            compare(scene);

            fields.forEach((value, expected) -> assertThat(servers.get(value).asked())
                    .as(value)
                    .isEqualTo("OPTIONS / HTTP/1.1\r\n" + expected + "connection: upgrade\r\n\r\n"));
        }
    }
}
