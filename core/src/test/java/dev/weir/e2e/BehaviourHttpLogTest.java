package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;

/** Lines of HTTP requests: the formats of the manual, every alias, what expressions say, and encodings. */
@DisplayName("HTTP: logs")
final class BehaviourHttpLogTest {
    /** A request that goes through, one that a rule refuses, one that is none. */
    private static void check(BehaviourEngine engine, String format, String passed, String denied, String faulty)
            throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole("""
                    global
                        nbthread 1
                        log 127.0.0.1:@log@ local0
                    defaults
                        mode http
                        log global
                        FORMAT
                        timeout client 20s
                        timeout server 20s
                        timeout connect 5s
                    frontend fe
                        bind 127.0.0.1:@fe@ name li
                        unique-id-format id-%[req.hdr(n)]
                        capture request header Host len 10
                        capture request header X len 10
                        capture response header Y len 10
                        capture cookie sid len 20
                        http-request deny if { path /deny }
                        default_backend be
                    backend be
                        cookie C insert indirect
                        server s1 127.0.0.1:@s1@ cookie s1
                    """.replace("FORMAT", format));

            var client = scene.client("fe")
                    .send("GET /a%20b?q=1&r HTTP/1.1\r\nHost: a\"b\r\nn: 7\r\nCookie: sid=abc; C=s1\r\n\r\n");
            origin.accept()
                    .answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nY: b\r\n\r\n")
                    .close();
            client.readHead();
            client.close();
            assertEquals(passed, plain(scene.log()));
            scene.client("fe").send("POST /deny HTTP/1.0\r\nHost: a\r\n\r\n").rest();
            assertEquals(denied, plain(scene.log()));
            scene.client("fe").send("BAD\r\n\r\n").rest();
            assertEquals(faulty, plain(scene.log()));
        }
    }

    /** Without times, ports, and bytes, of which HAProxy counts others: what messages take in its memory. */
    private static String plain(String line) {
        return line.replaceAll("\\[\\d+/\\w+/\\d+:[\\d:. +]+\\]", "[time]")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "client:port")
                .replaceAll("\\d+/\\d+/\\d+/\\d+/\\d+ 200", "times 200")
                .replaceAll("\\d+/-1/-1/-1/\\d+ 403", "times 403")
                .replaceAll("-1/-1/-1/-1/\\d+ 400", "times 400")
                .replaceAll("times (\\d+) \\d+", "times $1 bytes");
    }

    @OnEveryEngine
    void shouldMakeOneBlankOfThoseAroundNothing(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(BehaviourHttpTest.PREAMBLE + """
                    frontend fe
                        bind 127.0.0.1:@fe@
                        log-format "%HM %HPO %HQ %HU"
                        http-request return status 200
                    """);

            scene.client("fe").send("OPTIONS * HTTP/1.0\r\n\r\n").rest();

            assertEquals("OPTIONS *", scene.log());
        }
    }

    @OnEveryEngine
    void shouldWriteHttplog(BehaviourEngine engine) throws Exception {
        check(
                engine,
                "option httplog",
                "client:port [time] fe be/s1 times 200 bytes sid=abc - --VN 1/1/0/0/0 0/0 {a#22b|} {b}"
                        + " \"GET /a%20b?q=1&r HTTP/1.1\"",
                "client:port [time] fe fe/<NOSRV> times 403 bytes - - PR-- 1/1/0/0/0 0/0 {a|} {} \"POST /deny HTTP/1.0\"",
                "client:port [time] fe fe/<NOSRV> times 400 bytes - - PR-- 1/1/0/0/0 0/0 \"<BADREQ>\"");
    }

    @OnEveryEngine
    void shouldWriteTheCommonLogFormat(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole("""
                    global
                        nbthread 1
                        log 127.0.0.1:@log@ local0
                    frontend fe
                        mode http
                        log global
                        option httplog clf
                        timeout client 20s
                        bind 127.0.0.1:@fe@
                        capture request header Host len 10
                        http-request return status 200
                    """);

            scene.client("fe").send("GET /a HTTP/1.0\r\nHost: a\"b\r\n\r\n").rest();

            assertEquals(
                    "127.0.0.1 - - [time] \"GET /a HTTP/1.0\" 200 N \"\" \"\" P M \"fe\" \"fe\" \"<NOSRV>\" T -1 -1 -1 T LR-- 1 1"
                            + " 0 0 0 0 0 \"\" \"\" \"a#22b\"",
                    plain(scene.log())
                            .replaceFirst(" \\d+ \"\" \"\" \\d+ \\d+ ", " N \"\" \"\" P M ")
                            .replaceFirst("\\d+ -1 -1 -1 \\d+ LR", "T -1 -1 -1 T LR"));
        }
    }

    @OnEveryEngine
    void shouldKnowTheAliasesOfHttp(BehaviourEngine engine) throws Exception {
        check(
                engine,
                "log-format \"%CC %CS %HM %HP %HPO %HQ %HU %HV %ID %ST %b %f %ft %hr %hs %{+Q}hrl %{+Q}hsl %{+Q}r"
                        + " %rc %s %sq %bq %ts %tsc %bi %fi %sslc %sslv %ac/%fc/%bc/%sc\"",
                "sid=abc - GET /a%20b /a%20b ?q=1&r /a%20b?q=1&r HTTP/1.1 id-7 200 be fe fe {a#22b|} {b} \"a#22b\" \"\""
                        + " \"b\" \"GET /a%20b?q=1&r HTTP/1.1\" 0 s1 0 0 -- --VN 127.0.0.1 127.0.0.1 - - 1/1/0/0",
                "- - POST /deny /deny /deny HTTP/1.0 id- 403 fe fe fe {a|} {} \"a\" \"\" \"\""
                        + " \"POST /deny HTTP/1.0\" 0 <NOSRV> 0 0 PR PR-- - 127.0.0.1 - - 1/1/0/0",
                "- - <BADREQ> <BADREQ> <BADREQ> <BADREQ> <BADREQ> <BADREQ> - 400 fe fe fe \"<BADREQ>\" 0 <NOSRV>"
                        + " 0 0 PR PR-- - 127.0.0.1 - - 1/1/0/0");
    }

    @OnEveryEngine
    void shouldEncodeJson(BehaviourEngine engine) throws Exception {
        check(
                engine,
                "log-format '%{+json}o %(client)ci %(status:sint)ST %(nostatus:str)ST %(missing)[var(txn.none)]"
                        + " %(path:str)HP %(host)[capture.req.hdr(0)] %(flag:bool)[bool(true)] %(n)[int(5)]"
                        + " text %[capture.req.method] %(x)hr %(id)ID'",
                "{\"client\": \"127.0.0.1\", \"status\": 200, \"nostatus\": \"200\", \"missing\": \"\", \"path\": \"/a%20b\","
                        + " \"host\": \"a\\\"b\", \"flag\": true, \"n\": 5, \"x\": \"{a#22b|}\","
                        + " \"id\": \"id-7\"}",
                "{\"client\": \"127.0.0.1\", \"status\": 403, \"nostatus\": \"403\", \"missing\": \"\", \"path\": \"/deny\","
                        + " \"host\": \"a\", \"flag\": true, \"n\": 5, \"x\": \"{a|}\", \"id\": \"id-\"}",
                "{\"client\": \"127.0.0.1\", \"status\": 400, \"nostatus\": \"400\", \"missing\": \"\","
                        + " \"path\": \"<BADREQ>\", \"host\": \"\", \"flag\": true, \"n\": 5, \"x\": null,"
                        + " \"id\": \"\"}");
    }

    @OnEveryEngine
    void shouldEncodeCbor(BehaviourEngine engine) throws Exception {
        check(
                engine,
                "log-format '%{+cbor}o %(client)ci %(status:sint)ST %(missing)[var(txn.none)] %(path:str)HP"
                        + " %(flag:bool)[bool(true)] %(n)[int(500)] %(neg)[int(-5)] %(id)ID'",
                "BF66636C69656E74693132372E302E302E316673746174757318C8676D697373696E67F664706174687F662F6125323062FF64666C61"
                        + "67F5616E1901F4636E6567246269646469642D37FF",
                "BF66636C69656E74693132372E302E302E3166737461747573190193676D697373696E67F664706174687F652F64656E79FF64666C61"
                        + "67F5616E1901F4636E656724626964"
                        + "6369642DFF",
                "BF66636C69656E74693132372E302E302E3166737461747573190190676D697373696E67F664706174687F683C4241445245513EFF64"
                        + "666C6167F5616E1901F4636E656724626964F6FF");
    }

    @OnEveryEngine
    void shouldEscapeQuoteAndWriteHexadecimal(BehaviourEngine engine) throws Exception {
        check(
                engine,
                "log-format '%{+E}o %[capture.req.hdr(0)] %{-E,+Q}[capture.req.hdr(0)] %{+X}ci %{+Q,+X}ST'",
                "a\\\"b \"a\"b\" 7F000001 200",
                "a \"a\" 7F000001 403",
                "- \"\" 7F000001 400");
    }

    @OnEveryEngine
    void shouldSayWhoAnsweredAndWhatWasSo(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole("""
                    global
                        nbthread 1
                        log 127.0.0.1:@log@ local0
                    frontend fe
                        mode http
                        log global
                        log-format "%s %ST %ts %[int(1),when(error)] %[int(2),when(normal)] %[int(3),when(forwarded)]\
                     %[int(4),when(!forwarded)] %[int(5),when(processed)] %[int(6),when(toapplet)] %[int(7),when(stopping)]\
                     %[int(8),when(acl,yes)] %[int(9),when(!acl,yes)]"
                        timeout client 20s
                        bind 127.0.0.1:@fe@
                        acl yes always_true
                        stats uri /stats
                        http-request return status 200 if { path /return }
                        http-request deny if { path /deny }
                        default_backend be
                    backend be
                        mode http
                        timeout server 20s
                        timeout connect 5s
                        server s1 127.0.0.1:@s1@
                    """);

            var client = scene.client("fe").send("GET / HTTP/1.0\r\n\r\n");
            var server = origin.accept();
            server.readHead(); // unread, it would make a reset of the end
            server.send("HTTP/1.0 200 OK\r\n\r\n").close();
            client.rest();
            assertEquals("s1 200 -- - 2 3 - 5 - - 8 -", scene.log());
            scene.client("fe").send("GET /deny HTTP/1.0\r\n\r\n").rest();
            assertEquals("<NOSRV> 403 PR 1 - - 4 - - - 8 -", scene.log());
            scene.client("fe").send("GET /return HTTP/1.0\r\n\r\n").rest();
            assertEquals("<NOSRV> 200 LR - 2 - 4 - - - 8 -", scene.log());
            scene.client("fe").send("GET /stats;csv HTTP/1.0\r\n\r\n").rest();
            assertEquals("<STATS> 200 LR - 2 - 4 5 6 - 8 -", scene.log());
        }
    }

    @OnEveryEngine
    void shouldCutRequestLinesAtTheLengthForLogs(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole("""
                    global
                        nbthread 1
                        log 127.0.0.1:@log@ local0
                        tune.http.logurilen 20
                    defaults
                        mode http
                        log global
                        log-format "%{+Q}r %HU %HP"
                        timeout client 20s
                    frontend fe
                        bind 127.0.0.1:@fe@
                        http-request return status 200
                    """);

            scene.client("fe")
                    .send("GET /0123456789?0123456789 HTTP/1.0\r\n\r\n")
                    .rest();

            assertEquals("\"GET /0123456789?0123\" /0123456789?0123 /0123456789", scene.log());
        }
    }

    /** A connection without a request has no stream. */
    @OnEveryEngine
    void shouldCountRequestsAndNotConnections(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole("""
                    global
                        nbthread 1
                        log 127.0.0.1:@log@ local0
                    frontend fe
                        mode http
                        log global
                        log-format "%rt %ST"
                        option dontlognull
                        timeout client 20s
                        bind 127.0.0.1:@fe@
                        http-request return status 200
                    """);

            scene.client("fe").halfClose().rest();
            var client = scene.client("fe").send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readHead();
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readHead();
            scene.client("fe").halfClose().rest();
            scene.client("fe").send("GET / HTTP/1.0\r\n\r\n").rest();

            assertEquals("0 200", scene.log());
            assertEquals("1 200", scene.log());
            assertEquals("2 200", scene.log());
        }
    }
}
