package dev.weir.e2e;

import static dev.weir.e2e.BehaviourHttpTest.PREAMBLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;

/** Rules of {@code mode http} on the wire: edits of both messages, answers of the proxy's own, and how the log tells them. */
@DisplayName("HTTP: rules")
final class BehaviourHttpRulesTest {
    private static final String SERVER = "    server s1 127.0.0.1:@s1@\n";
    private static final String LISTEN = "listen web\n    bind 127.0.0.1:@fe@\n";

    @OnEveryEngine
    void shouldRewriteBothMessages(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + LISTEN + """
                        http-request set-var(txn.path) path
                        http-request set-path /v2%[path]
                        http-request set-header X-Host %[req.hdr(host)]
                        http-request replace-value Accept (.*);q=1 \\1
                        http-request del-header X-Internal
                        http-response set-status 404 reason "Not here"
                        http-response set-header X-Path %[var(txn.path)]
                        http-after-response del-header Server
                    """ + SERVER);

            var client = scene.client("fe")
                    .send("GET /a?b HTTP/1.1\r\nHost: x\r\nAccept: a;q=1, b\r\nX-Internal: 1\r\n\r\n");
            origin.accept()
                    .expect("GET /v2/a?b HTTP/1.1\r\nhost: x\r\naccept: a, b\r\nx-host: x\r\n\r\n")
                    .send("HTTP/1.1 200 OK\r\nServer: S\r\nContent-Length: 0\r\n\r\n");

            client.expect("HTTP/1.1 404 Not here\r\ncontent-length: 0\r\nx-path: /a\r\n\r\n");
            assertEquals("web web/s1 -- 1/1/0/0/0 0/0", scene.log());
        }
    }

    /** What goes into a head may be escaped; it is never encoded, and values of expressions are not quoted. */
    @OnEveryEngine
    void shouldMindTheFlagsOfAFormatInAHead(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(PREAMBLE + LISTEN + """
                        http-request set-header x-e %{+E}o%[url]%HM%{-E}[url]
                        http-request set-header x-q %{+E,+Q}[url]%{+Q}HM
                        http-request set-header x-j %{+json}o%(a)[url]%(b)HM%{+cbor}[int(3)]
                        http-request redirect location %{+E}[url] if { url_end j }
                        http-request return status 200 hdr e %{+E}[url] hdr x-e %[req.hdr(x-e)] hdr q %[req.hdr(x-q)] hdr j %[req.hdr(x-j)]
                    """);

            scene.client("fe")
                    .send("GET /a\"b\\c]d HTTP/1.1\r\nhost: x\r\n\r\n")
                    .expect("HTTP/1.1 200 OK\r\ne: /a\\\"b\\\\c\\]d\r\n"
                            + "x-e: /a\\\"b\\\\c\\]dGET/a\"b\\c]d\r\nq: /a\\\"b\\\\c\\]d\"GET\"\r\n"
                            + "j: /a\"b\\c]dGET3\r\ncontent-length: 0\r\n\r\n");
            scene.client("fe")
                    .send("GET /]j HTTP/1.1\r\nhost: x\r\n\r\n")
                    .expect("HTTP/1.1 302 Found\r\ncontent-length: 0\r\nlocation: /\\]j\r\n");
        }
    }

    @OnEveryEngine
    void shouldLimitTheSilenceOfATunnelAsTheRuleSays(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + LISTEN + """
                        timeout tunnel 1h
                        http-request set-timeout tunnel 100ms
                        http-request set-header limit %[cur_tunnel_timeout]
                    """ + SERVER);

            String upgrade = "connection: upgrade\r\nupgrade: other\r\n";
            var client = scene.client("fe").send("GET /a HTTP/1.1\r\nhost: x\r\n" + upgrade + "\r\n");
            var server = origin.accept().expect("GET /a HTTP/1.1\r\nhost: x\r\n" + upgrade + "limit: 100\r\n\r\n");
            server.send("HTTP/1.1 101 Yes\r\n" + upgrade + "\r\n");

            client.expect("HTTP/1.1 101 Yes\r\n" + upgrade + "\r\n").expectEnd();
            server.expectEnd();
            assertEquals("web web/s1 cD 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldAnswerItselfAndGoOn(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(PREAMBLE + LISTEN + """
                        http-request deny deny_status 429 if { path /deny }
                        http-request deny deny_status 429 content-type text/plain lf-string "wait %[path]" hdr Retry-After 10 if { path /wait }
                        http-request return status 200 content-type text/plain lf-string "hi %[path]" hdr a b if { path /return }
                        http-request redirect scheme https code 301
                        http-after-response set-header z %[status]
                    """ + SERVER);

            var client = scene.client("fe").send("GET /deny HTTP/1.1\r\nHost: x\r\n\r\n");
            client.expect("HTTP/1.1 429 Too Many Requests\r\ncontent-length: 117\r\ncache-control: no-cache\r\n"
                    + "content-type: text/html\r\nz: 429\r\n\r\n<html><body><h1>429 Too Many Requests</h1>\n"
                    + "You have sent too many requests in a given amount of time.\n</body></html>\n");
            client.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
            client.expect("HTTP/1.1 429 Too Many Requests\r\nretry-after: 10\r\ncontent-length: 10\r\n"
                    + "content-type: text/plain\r\nz: 429\r\n\r\nwait /wait");
            client.send("GET /return HTTP/1.1\r\nHost: x\r\n\r\n");
            client.expect("HTTP/1.1 200 OK\r\na: b\r\ncontent-length: 10\r\ncontent-type: text/plain\r\nz: 200\r\n\r\n"
                    + "hi /return");
            client.send("GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n");
            client.expect(
                    "HTTP/1.1 301 Moved Permanently\r\ncontent-length: 0\r\nlocation: https://x/a?b\r\nz: 301\r\n\r\n");

            assertEquals("web web/<NOSRV> PR 1/1/0/0/0 0/0", scene.log());
            assertEquals("web web/<NOSRV> PR 1/1/0/0/0 0/0", scene.log());
            assertEquals("web web/<NOSRV> LR 1/1/0/0/0 0/0", scene.log());
            assertEquals("web web/<NOSRV> LR 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldSendEarlyHintsBeforeTheResponse(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + LISTEN + """
                        http-request early-hint Link "<%[path]>"
                        http-request early-hint Content-Length 5
                        http-request early-hint Connection close
                        http-request early-hint Link b
                    """ + SERVER);

            var client = scene.client("fe").send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
            client.expect("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\nlink: b\r\n\r\n");
            origin.accept()
                    .expect("GET /a HTTP/1.1\r\nhost: x\r\n\r\n")
                    .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

            client.expect("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        }
    }

    @OnEveryEngine
    void shouldKnowTheRuleThatDecidedLast(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            String front = PREAMBLE.replaceAll("log-format .*", "log-format %[last_rule_line]");
            scene.startWhole(front + """
                    frontend fe
                        bind 127.0.0.1:@fe@
                        http-request wait-for-body time 5s
                        http-request auth if { path /auth }
                        use_backend web if { path /use }
                        http-after-response allow if { path /auth }
                        default_backend web
                    backend web
                    """ + SERVER);

            var client = scene.client("fe").send("GET /use HTTP/1.1\r\nHost: x\r\n\r\n");
            origin.accept()
                    .expect("GET /use HTTP/1.1\r\nhost: x\r\n\r\n")
                    .send("HTTP/1.1 299\r\nContent-Length: 0\r\n\r\n");
            client.expect("HTTP/1.1 299 Success\r\ncontent-length: 0\r\n\r\n");
            client.send("GET /auth HTTP/1.1\r\nHost: x\r\n\r\n");
            client.readHead();

            assertEquals("-", scene.log());
            assertEquals("14", scene.log());
        }
    }

    /** A rule for all responses decides after one that denies, but not after one that answers. */
    @OnEveryEngine
    void shouldKnowTheRuleThatDecidedLastOnADenial(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            String front = PREAMBLE.replaceAll("log-format .*", "log-format %[last_entity,field(-1,:)]");
            scene.startWhole(front + LISTEN + """
                        timeout tarpit 1ms
                        http-request deny if { path /deny }
                        http-request tarpit if { path /tarpit }
                        http-request return status 200 if { path /return }
                        http-response deny if { status 299 }
                        http-response return status 200 if { status 298 }
                        http-after-response allow unless { capture.req.uri /deny }
                    """ + SERVER);
            int deny = front.lines().toList().size() + 4;
            int allow = deny + 5;

            scene.client("fe").send("GET /deny HTTP/1.0\r\n\r\n").rest();
            assertEquals("" + deny, scene.log());
            scene.client("fe").send("GET /tarpit HTTP/1.0\r\n\r\n").rest();
            assertEquals("" + allow, scene.log());
            scene.client("fe").send("GET /return HTTP/1.0\r\n\r\n").rest();
            assertEquals("" + (deny + 2), scene.log());
            var client = scene.client("fe").send(GET);
            var server = origin.accept().expect(GET).send("HTTP/1.1 298 A\r\ncontent-length: 0\r\n\r\n");
            client.readHead();
            assertEquals("" + (deny + 4), scene.log());
            client.send(GET);
            server.expect(GET).send("HTTP/1.1 299 A\r\ncontent-length: 0\r\n\r\n");
            client.readHead();
            assertEquals("" + allow, scene.log());
        }
    }

    @OnEveryEngine
    void shouldSendNoBodyToWhoAskedByHead(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + LISTEN + """
                        http-request set-method %[req.hdr(becomes)]
                        http-request deny if { path /deny }
                    """ + SERVER);

            var client = scene.client("fe").send("HEAD / HTTP/1.1\r\nHost: x\r\nbecomes: GET\r\n\r\n");
            origin.accept()
                    .expect("GET / HTTP/1.1\r\nhost: x\r\nbecomes: GET\r\n\r\n")
                    .send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
            client.expect("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n");
            client.send("GET /deny HTTP/1.1\r\nHost: x\r\nbecomes: HEAD\r\n\r\n");
            client.expect("HTTP/1.1 403 Forbidden\r\ncontent-length: 93\r\ncache-control: no-cache\r\n"
                    + "content-type: text/html\r\n\r\n<html><body><h1>403 Forbidden</h1>\n");
        }
    }

    @OnEveryEngine
    void shouldCloseOnlyTheClientByAnOptionOfTheFrontend(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + """
                    frontend fe
                        bind 127.0.0.1:@fe@
                        option httpclose
                        default_backend be
                    backend be
                    """ + SERVER);

            var client = scene.client("fe").send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            origin.accept().expect("GET / HTTP/1.1\r\nhost: x\r\n\r\n").send("HTTP/1.1 204 No Content\r\n\r\n");
            client.expect("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
                    .expectEnd();
        }
    }

    private static final String GET = "GET /a HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";

    // ---- tracked entries ----

    @OnEveryEngine
    void shouldShowInTheLogWhatTheRequestTracks(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + LISTEN + """
                        log-format "%[sc0_key] %[sc0_http_req_cnt] %[sc0_conn_cur] %[sc1_get_gpc0]"
                        stick-table type ip size 10 store http_req_cnt,conn_cur,gpc0
                        tcp-request content track-sc0 src
                        http-request track-sc1 ipv4(10.0.0.1)
                        http-request sc-inc-gpc0(1)
                    """ + SERVER);

            var client = scene.client("fe").send(GET);
            var server = origin.accept().expect(GET).send(OK);
            client.expect(OK).send(GET);
            server.expect(GET).send(OK);
            client.expect(OK);

            assertEquals("127.0.0.1 1 1 1", scene.log());
            assertEquals("127.0.0.1 2 1 2", scene.log());
        }
    }

    // ---- answers whose head has another status ----

    @OnEveryEngine
    void shouldTellTheStatusThatItAnswersWhateverTheMessageSays(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            Files.writeString(scene.folder().resolve("teapot"), "HTTP/1.1 418 Teapot\r\ncontent-length: 0\r\n\r\n");
            scene.startWhole(PREAMBLE.replace("%ts", "%ST") + """
                    http-errors mine
                        errorfile 404 @folder@/teapot
                    listen web
                        bind 127.0.0.1:@fe@
                        errorfile 429 @folder@/teapot
                        http-request set-var(txn.set) int(1) if { path /set }
                        http-request return errorfile @folder@/teapot if { path /return }
                        http-request return status 404 errorfiles mine if { path /section }
                        http-request deny deny_status 429 if { path /deny }
                        http-request deny errorfile @folder@/teapot status 403 if { path /file }
                        http-request return status 503 errorfile @folder@/teapot
                        http-after-response set-header shown %[status]
                        http-after-response set-status 299 if { var(txn.set) -m found }
                    """ + SERVER);

            var client = scene.client("fe");
            for (String path : List.of("/return", "/section", "/deny", "/file", "/other")) {
                client.send("GET " + path + " HTTP/1.1\r\nhost: x\r\n\r\n");
                client.expect("HTTP/1.1 418 Teapot\r\ncontent-length: 0\r\nshown: 418\r\n\r\n");
            }
            client.send("GET /set HTTP/1.1\r\nhost: x\r\n\r\n").readHead();

            for (int status : List.of(200, 404, 429, 403, 503, 299)) {
                assertEquals("web web/<NOSRV> " + status + " 1/1/0/0/0 0/0", scene.log());
            }
        }
    }

    @OnEveryEngine
    void shouldTellTheStatusThatItAnswersByAnotherPlace(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(PREAMBLE.replace("%ts", "%ST") + LISTEN + """
                        errorloc303 403 /elsewhere
                        http-request deny
                    """ + SERVER);

            scene.client("fe").send(GET).expect("HTTP/1.1 303 See Other\r\n");

            assertEquals("web web/<NOSRV> 403 1/1/0/0/0 0/0", scene.log());
        }
    }

    // ---- tarpit ----

    @OnEveryEngine
    void shouldHoldARequestAsLongAsItsBackendSays(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(PREAMBLE + """
                    frontend web
                        bind 127.0.0.1:@fe@
                        timeout tarpit 1h
                        default_backend be
                    backend be
                        timeout tarpit 20ms
                        http-request tarpit
                    """ + SERVER);

            scene.client("fe").send(GET).expect("HTTP/1.1 500 Internal Server Error\r\n");

            assertEquals("web be/<NOSRV> PT 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldHoldNobodyWhoIsGone(BehaviourEngine engine) throws Exception {
        assumeTrue(engine.isWeir(), "whether HAProxy notices depends on the moment");
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(PREAMBLE + LISTEN
                    + "    timeout tarpit 1h\n    http-request do-log\n    http-request tarpit\n" + SERVER);

            var client = scene.client("fe").send(GET);
            scene.log(); // it has come there
            client.close();

            assertEquals("web web/<NOSRV> PT 1/1/0/0/0 0/0", scene.log());
        }
    }

    // ---- targets ----

    @OnEveryEngine
    void shouldLetHostFollowTheAuthorityOfATarget(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + LISTEN + """
                        http-request set-uri http://u@h:9/x if { path /absolute }
                        http-request set-uri bare if { path /bare }
                        http-request replace-uri /word(.*) word\\1 if { path_beg /word }
                    """ + SERVER);

            var client = scene.client("fe").send("GET /absolute HTTP/1.1\r\nhost: x\r\n\r\n");
            var server = origin.accept()
                    .expect("GET http://u@h:9/x HTTP/1.1\r\nhost: h:9\r\n\r\n")
                    .send(OK);
            client.expect(OK).send("GET /bare HTTP/1.1\r\nhost: x\r\n\r\n");
            server.expect("GET bare HTTP/1.1\r\nhost: bare\r\n\r\n").send(OK);
            client.expect(OK).send("GET /word/s HTTP/1.1\r\nhost: x\r\n\r\n");
            server.expect("GET word/s HTTP/1.1\r\nhost: word\r\n\r\n").send(OK);
            client.expect(OK).send("GET /absolute HTTP/1.0\r\n\r\n");
            server.expect("GET http://u@h:9/x HTTP/1.0\r\nconnection: keep-alive\r\n\r\n");
        }
    }

    @OnEveryEngine
    void shouldAddMoreFieldsThanItWouldTake(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE
                    + LISTEN
                    + "    http-request add-header a b\n".repeat(150)
                    + "    http-response add-header a b\n".repeat(150)
                    + SERVER);

            var client = scene.client("fe").send(GET);
            origin.accept()
                    .expect("GET /a HTTP/1.1\r\nhost: x\r\n" + "a: b\r\n".repeat(150) + "\r\n")
                    .send(OK);

            client.expect("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n" + "a: b\r\n".repeat(150) + "\r\nabc");
        }
    }

    /** A variable that is set to nothing has a length, and {@code if} without terms is never met. */
    @OnEveryEngine
    void shouldTakeRulesThatSayTooLittle(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(PREAMBLE + LISTEN + """
                        http-request set-var-fmt(txn.empty)
                        http-request deny if
                        http-request return status 200 content-type a/b lf-string "<%[var(txn.empty)]>%[var(txn.empty),length]"
                    """);

            var client = scene.client("fe").send(GET);

            assertEquals("HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-type: a/b\r\n\r\n", client.readHead());
            client.expect("<>0");
        }
    }
}
