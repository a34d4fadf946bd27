package dev.weir.e2e;

import static dev.weir.e2e.BehaviourHttpTest.PREAMBLE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;

/** Values of expressions that a comparison of random ones has once found to differ. */
@DisplayName("HTTP: expressions")
final class BehaviourSamplesTest {
    private static final String TABLES = """
            backend names
                stick-table type string len 8 size 1k expire 1h store gpt0,gpc0
            backend addresses
                stick-table type ip size 1k expire 1h store gpt0
            """;
    private static final String LISTEN = "listen web\n    bind 127.0.0.1:@fe@\n";

    @OnEveryEngine
    void shouldReadHdrAndCookieFromTheMessageOfTheRule(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + LISTEN + """
                        http-request set-header X-Seen %[hdr(a)]%[cookie(c)]
                        http-response set-header X-Seen %[hdr(a)]%[cookie(c)]
                        server s1 127.0.0.1:@s1@
                    """);

            var client = scene.client("fe").send("GET / HTTP/1.1\r\nHost: x\r\na: 1\r\nCookie: c=2\r\n\r\n");
            origin.accept()
                    .expect("GET / HTTP/1.1\r\nhost: x\r\na: 1\r\ncookie: c=2\r\nx-seen: 12\r\n\r\n")
                    .send("HTTP/1.1 204 No Content\r\na: 3\r\nSet-Cookie: c=4\r\n\r\n");

            client.expect("HTTP/1.1 204 No Content\r\na: 3\r\nset-cookie: c=4\r\nx-seen: 34\r\n\r\n");
        }
    }

    @OnEveryEngine
    void shouldCountAKeyWithoutEntryAsZero(BehaviourEngine engine) throws Exception {
        assertAnswers(
                engine,
                List.of("str(x),table_trackers(addresses)", "0"),
                List.of("str(x),in_table(addresses)", "0"),
                List.of("str(x),table_gpt0(addresses)", "0"),
                List.of("str(x),table_idle(addresses,7)", "7"),
                List.of("str(x),table_inc_gpc0(addresses)", "0"),
                List.of("str(a),table_conn_cnt(names)", "0"),
                List.of("str(a),table_gpt(0,names)", "0"),
                List.of("str(a),table_inc_gpc0(names)", "1"),
                List.of("str(a),table_conn_cnt(names)", ""),
                List.of("str(a),table_inc_gpc1(names)", "0"));
    }

    @OnEveryEngine
    void shouldDelimitNamesByOneCharacter(BehaviourEngine engine) throws Exception {
        assertAnswers(
                engine,
                List.of("req.hdr_names", "host,cookie"),
                List.of("req.hdr_names(ab)", "hostacookie"),
                List.of("req.cook_names(ab)", "cad"),
                List.of("query", "q"),
                List.of("query(with_qm)", "?q"));
    }

    @OnEveryEngine
    void shouldPreferALanguage(BehaviourEngine engine) throws Exception {
        List<String> rows = List.of(
                "en-US > en-US",
                "en-GB;q=0.2, fr;q=0.1 > en",
                "fr, en-US > fr",
                "fr;q=0.5, en ; q=0.6 > en",
                "fr;q=0.5, en;x=0.1 > en",
                "fr;q=0.5,en;q=x > en",
                "fr;q=0, en x > none",
                "EN, english > none");
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(PREAMBLE + LISTEN
                    + "    http-request return status 200 hdr x-liked %[req.fhdr(x-a),language(en-US;en;fr,none)]\n");
            var client = scene.client("fe");
            for (String row : rows) {
                String[] parts = row.split(" > ");
                client.send("GET / HTTP/1.1\r\nHost: x\r\nx-a: " + parts[0] + "\r\n\r\n");
                assertEquals(parts[1], client.readHead().replaceAll("(?s).*x-liked: (\\S*).*", "$1"), row);
            }
        }
    }

    @OnEveryEngine
    void shouldHashTheBaseOfARequestThatHasNone(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(PREAMBLE + LISTEN + "    http-request return status 200 hdr x-hash %[base32]-%[url32]\n");

            var client = scene.client("fe").send("OPTIONS * HTTP/1.0\r\n\r\n");

            client.expect("HTTP/1.1 200 OK\r\nx-hash: 2874071335-2874071335\r\n");
        }
    }

    @OnEveryEngine
    void shouldEndTheConnectionOfAClientThatMayTakeAnAnswerForATunnel(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(PREAMBLE + LISTEN + "    http-request return status 200 if METH_CONNECT\n");
            String connect = "CONNECT x:1 HTTP/1.1\r\nhost: x:1\r\n\r\n";

            var client = scene.client("fe").send(connect + "GET / HTTP/1.1\r\nhost: x\r\n\r\n");

            client.expect("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").expectEnd();
        }
    }

    @OnEveryEngine
    void shouldTakeRangesWithADash(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(PREAMBLE + LISTEN + """
                        acl few path,length 2-3
                        acl many path,length 5-
                        http-request return status 200 content-type text/plain string few if few
                        http-request return status 200 content-type text/plain string many if many
                        http-request return status 200 content-type text/plain string other
                    """);
            var client = scene.client("fe");
            for (String pair : List.of("/a few", "/ab few", "/abc other", "/abcd many", "/abcde many")) {
                String[] parts = pair.split(" ");
                client.send("GET " + parts[0] + " HTTP/1.1\r\nHost: x\r\n\r\n");
                client.readHead();
                client.expect(parts[1]);
            }
        }
    }

    @OnEveryEngine
    void shouldNumberProxiesFromOneWithoutARuntimeApi(BehaviourEngine engine) throws Exception {
        assertAnswers(engine, List.of("fe_id", "3"));
    }

    /** @param pairs an expression and its value */
    @SafeVarargs
    private static void assertAnswers(BehaviourEngine engine, List<String>... pairs) throws Exception {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < pairs.length; i++) {
            rules.append("    http-request return status 200 content-type text/plain lf-string \"[%["
                    + pairs[i].getFirst() + "]]\" if { path /" + i + " }\n");
        }
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(PREAMBLE + TABLES + LISTEN + rules);
            var client = scene.client("fe");
            for (int i = 0; i < pairs.length; i++) {
                client.send("GET /" + i + "?q HTTP/1.1\r\nHost: x\r\nCookie: c=1; d=2\r\n\r\n");
                String head = client.readHead();
                int length = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
                String body = new String(client.read(length), java.nio.charset.StandardCharsets.ISO_8859_1);
                assertEquals("[" + pairs[i].getLast() + "]", body, pairs[i].getFirst());
            }
        }
    }
}
