package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** Stick tables: what is counted for an entry, what rules do with it, and sessions that stick to a server. */
@DisplayName("stick tables")
final class BehaviourStickTest {
    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        scene.origin("s2");
        return scene;
    }

    private static String with(String frontendLines, String backendLines) {
        return "frontend fe\n bind 127.0.0.1:@fe@\n" + frontendLines + "\n default_backend be\n"
                + "backend be\n" + backendLines
                + "\n server s1 127.0.0.1:@s1@\n server s2 127.0.0.1:@s2@\n";
    }

    /** One session from an address; the log line. */
    private static String session(BehaviourScene scene, String address, String origin) throws Exception {
        var client = scene.clientFrom(address, "fe").send("hello");
        scene.origin(origin).accept().expect("hello").send("ok").close();
        assertEquals("ok<FIN>", client.rest());
        client.close();
        return scene.log();
    }

    @OnEveryEngine
    void shouldLimitTheConnectionsOfAnAddress(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    " stick-table type ip size 100 expire 1m store conn_cur\n"
                            + " tcp-request connection track-sc0 src\n"
                            + " tcp-request connection reject if { sc0_conn_cur gt 1 }\n",
                    ""));

            var first = scene.clientFrom("127.0.0.2", "fe").send("a");
            var served = scene.origin("s1").accept().expect("a");
            assertTrue(scene.clientFrom("127.0.0.2", "fe").rest().matches("<(FIN|RST)>"));
            session(scene, "127.0.0.3", "s2");
            served.close();
            assertEquals("<FIN>", first.rest());
            first.close();
            scene.log();

            session(scene, "127.0.0.2", "s1");
        }
    }

    @OnEveryEngine
    void shouldTellKeysAndHowFullATableIs(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                            " log-format \"%[sc0_key] %[sc_key(1)] %[sc2_key] %[table_cnt] %[table_avl(words)]\"\n"
                                    + " stick-table type ip size 100 expire 1m\n"
                                    + " tcp-request connection track-sc0 src\n"
                                    + " tcp-request connection track-sc1 str(word) table words\n"
                                    + " tcp-request connection track-sc2 int(77) table numbers",
                            "")
                    + "backend words\n stick-table type string size 10 expire 1m\n"
                    + "backend numbers\n stick-table type integer size 10 expire 1m\n");

            assertEquals("127.0.0.2 word 77 1 9", session(scene, "127.0.0.2", "s1"));
            assertEquals("127.0.0.3 word 77 2 9", session(scene, "127.0.0.3", "s2"));
        }
    }

    /** The same key of another table, without the look-up among its trackers; texts of another length are other keys. */
    @OnEveryEngine
    void shouldAskOtherTablesForTheSameKey(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                            " log-format \"%[sc0_trackers] %[sc0_trackers(words)] %[sc0_trackers(more)] %[sc0_inc_gpc0(more)]"
                                    + " %[sc0_trackers(short)] %[sc0_inc_gpc0(short)] %[sc0_tracked(short)]\"\n"
                                    + " tcp-request connection track-sc0 str(word) table words\n"
                                    + " tcp-request connection track-sc1 str(word) table short\n"
                                    + " tcp-request connection track-sc2 str(word) table more if { src 127.0.0.2 }\n",
                            "")
                    + "backend words\n stick-table type string len 8 size 10 expire 1m\n"
                    + "backend more\n stick-table type string len 8 size 10 expire 1m store gpc0\n"
                    + "backend short\n stick-table type string len 7 size 10 expire 1m store gpc0\n");

            assertEquals("1 1 1 1 - - 0", session(scene, "127.0.0.2", "s1"));
            assertEquals("1 1 0 2 - - 0", session(scene, "127.0.0.3", "s2"));
        }
    }

    @OnEveryEngine
    void shouldCountConnectionsSessionsAndBytes(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    " stick-table type ip size 100 expire 1m"
                            + " store conn_cnt,sess_cnt,conn_rate(1m),sess_rate(1m),bytes_in_cnt,bytes_out_rate(1m),conn_cur\n"
                            + " tcp-request connection track-sc0 src\n"
                            + " log-format \"%[sc0_conn_cnt] %[sc0_sess_cnt] %[sc_conn_rate(0)] %[sc0_sess_rate] %[sc0_conn_cur]"
                            + " %[src_conn_cnt] %[src_conn_cnt(fe)] %[sc0_tracked] %[sc1_tracked] %[src,table_conn_cnt(fe)]"
                            + " %[src,in_table(fe)] %[dst,in_table(fe)] %[sc1_conn_cnt]\"\n",
                    ""));

            String first = session(scene, "127.0.0.2", "s1");
            String second = session(scene, "127.0.0.2", "s2");
            String other = session(scene, "127.0.0.3", "s1");

            assertEquals("1 1 1 1 1 1 1 1 0 1 1 0 -", first);
            assertEquals("2 2 2 2 1 2 2 1 0 2 1 0 -", second);
            assertEquals("1 1 1 1 1 1 1 1 0 1 1 0 -", other);
        }
    }

    @OnEveryEngine
    void shouldKeepGeneralPurposeCountersAndTags(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    " stick-table type ip size 100 expire 1m store gpc0,gpc0_rate(1m),gpt0\n"
                            + " tcp-request inspect-delay 20s\n"
                            + " tcp-request connection track-sc1 src\n"
                            + " tcp-request content sc-inc-gpc0(1) if { req.len gt 0 }\n"
                            + " tcp-request content sc-set-gpt0(1) 7 if { req.len gt 0 }\n"
                            + " tcp-request content reject if { sc1_get_gpc0 gt 2 }\n"
                            + " log-format \"%ts %[sc1_get_gpc0] %[sc1_gpc0_rate] %[sc1_get_gpt0] %[src_get_gpc0(fe)]\"\n",
                    ""));

            assertEquals("-- 1 1 7 1", session(scene, "127.0.0.2", "s1"));
            assertEquals("-- 2 2 7 2", session(scene, "127.0.0.2", "s2"));
            var refused = scene.clientFrom("127.0.0.2", "fe").send("hello");

            assertTrue(refused.rest().matches("<(FIN|RST)>"));
            assertEquals("PR 3 3 7 3", scene.log());
        }
    }

    @OnEveryEngine
    void shouldTrackByAnyKeyAndInTheTableOfAnotherProxy(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                            " tcp-request inspect-delay 20s\n"
                                    + " tcp-request content track-sc0 req.payload(0,5),lower table words if { req.len ge 5 }\n"
                                    + " log-format \"%[sc0_conn_cnt] %[str(hello),table_conn_cnt(words)] %[str(nope),table_conn_cnt(words)]\"\n",
                            "")
                    + "backend words\n stick-table type string len 4 size 10 expire 1m store conn_cnt\n");

            session(scene, "127.0.0.2", "s1");

            assertEquals("2 2 0", session(scene, "127.0.0.3", "s2"));
        }
    }

    @OnEveryEngine
    void shouldTrackTheFirstKeyOfACounterAlone(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                            " tcp-request connection track-sc0 str(first) table words\n"
                                    + " tcp-request connection track-sc0 str(second) table words\n"
                                    + " tcp-request session track-sc0 str(third) table words\n"
                                    + " log-format \"%[sc0_key] %[sc0_conn_cnt] %[table_cnt(words)]\"\n",
                            "")
                    + "backend words\n stick-table type string size 10 expire 1m store conn_cnt\n");

            assertEquals("first 1 1", session(scene, "127.0.0.2", "s1"));
        }
    }

    @OnEveryEngine
    void shouldStickToTheServerOfTheFirstSession(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with("", " stick-table type ip size 100 expire 1m\n stick on src\n"));

            for (int i = 0; i < 3; i++) {
                assertTrue(session(scene, "127.0.0.2", "s1").contains(" be/s1 "));
            }
            for (int i = 0; i < 3; i++) {
                assertTrue(session(scene, "127.0.0.3", "s2").contains(" be/s2 "));
            }
            assertTrue(session(scene, "127.0.0.2", "s1").contains(" be/s1 "));
        }
    }

    @OnEveryEngine
    void shouldStickOnlyWhereTheConditionsSay(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    "",
                    " stick-table type ip size 100 expire 1m\n"
                            + " stick store-request src if { src 127.0.0.2 }\n"
                            + " stick match src unless { src 127.0.0.4 }\n"));

            session(scene, "127.0.0.2", "s1");
            session(scene, "127.0.0.3", "s2");
            session(scene, "127.0.0.2", "s1");
            session(scene, "127.0.0.3", "s1");
            session(scene, "127.0.0.3", "s2");
        }
    }

    /** A request of a new client, which that server answers. */
    private static void request(BehaviourScene scene, String fields, String server, String responseFields)
            throws Exception {
        try (var client = scene.client("fe").send("GET / HTTP/1.1\r\nhost: x\r\n" + fields + "\r\n")) {
            scene.origin(server)
                    .accept()
                    .answer("HTTP/1.1 204 No\r\nconnection: close\r\n" + responseFields + "\r\n")
                    .close();
            client.expect("HTTP/1.1 204 No\r\n");
        }
    }

    private static String rules(String kind, int first, int last) {
        StringBuilder rules = new StringBuilder();
        for (int i = first; i <= last; i++) {
            rules.append(" stick store-")
                    .append(kind)
                    .append(" int(")
                    .append(i)
                    .append(") table t")
                    .append(i)
                    .append('\n');
        }
        return rules.toString();
    }

    /** Rules for the request come before those for its response. */
    @OnEveryEngine
    void shouldStoreForEightRulesOfARequestAtMost(BehaviourEngine engine) throws Exception {
        StringBuilder tables = new StringBuilder();
        for (int i = 1; i <= 11; i++) {
            tables.append("backend t").append(i).append("\n stick-table type integer size 10 expire 1h\n");
        }
        try (var scene = scene(engine)) {
            scene.startWhole(BehaviourScene.PREAMBLE
                            .replace("mode tcp", "mode http")
                            .replace("nbthread 1", "nbthread 1\n stats socket @folder@/api mode 600 level admin")
                    + with("", rules("response", 7, 11) + rules("request", 1, 6))
                    + tables);

            request(scene, "", "s1", "");
            scene.log();

            for (int i = 1; i <= 11; i++) {
                int stored = i <= 8 ? 1 : 0;
                assertTrue(scene.ask("api", "show table t" + i).contains("used:" + stored), "table t" + i);
            }
        }
    }

    @OnEveryEngine
    void shouldStoreOneKeyOfARequestForATable(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.startWhole(BehaviourScene.PREAMBLE
                            .replace("mode tcp", "mode http")
                            .replace("nbthread 1", "nbthread 1\n stats socket @folder@/api mode 600 level admin")
                    + with("", """
                             stick-table type integer size 10 expire 1h
                             stick store-request int(11)
                             stick store-request int(12)
                             stick store-response int(13)
                            """));

            request(scene, "", "s1", "");
            scene.log();

            String table = scene.ask("api", "show table be");
            assertTrue(table.contains("key=11 "), table);
            assertFalse(table.contains("key=12 "), table);
            assertTrue(table.contains("key=13 "), table);
        }
    }

    @OnEveryEngine
    void shouldAskATableForOneKeyOfARequest(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.startWhole(BehaviourScene.PREAMBLE.replace("mode tcp", "mode http") + with("", """
                             stick-table type string len 20 size 10 expire 1h
                             stick on req.hdr(first)
                             stick on req.hdr(second)
                            """));

            request(scene, "second: known\r\n", "s1", "");
            request(scene, "first: new\r\nsecond: known\r\n", "s2", "");
            request(scene, "second: known\r\n", "s1", "");
            request(scene, "first: new\r\n", "s2", "");
        }
    }

    @OnEveryEngine
    void shouldStickToTheServerWhoseResponseHadTheKey(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.startWhole(BehaviourScene.PREAMBLE.replace("mode tcp", "mode http")
                    + with(
                            "",
                            " stick-table type string len 20 size 10 expire 1m\n"
                                    + " stick match req.hdr(x-session)\n"
                                    + " stick store-response res.hdr(x-session)\n"));

            request(scene, "", "s1", "x-session: abc\r\n");
            request(scene, "", "s2", "");
            request(scene, "x-session: abc\r\n", "s1", "");
            request(scene, "x-session: abc\r\n", "s1", "");
        }
    }

    /** Of each table the request has one key, and the response another. */
    @OnEveryEngine
    void shouldStoreAKeyOfTheRequestAndOneOfTheResponse(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.startWhole(BehaviourScene.PREAMBLE
                            .replace("mode tcp", "mode http")
                            .replace("nbthread 1", "nbthread 1\n stats socket @folder@/api mode 600 level admin")
                    + with(
                            "",
                            " stick-table type string len 20 size 10 expire 1h\n"
                                    + " stick store-response res.hdr(x-a)\n stick store-response res.hdr(x-b)\n"
                                    + " stick store-request req.hdr(x-a)\n stick store-request req.hdr(x-b)\n"));

            request(scene, "x-a: 1\r\nx-b: 2\r\n", "s1", "x-a: 3\r\nx-b: 4\r\n");
            scene.log();
            assertEquals(List.of("1", "3"), keys(scene, "be"));

            request(scene, "x-b: 2\r\n", "s2", "x-b: 4\r\n");
            scene.log();
            assertEquals(List.of("1", "2", "3", "4"), keys(scene, "be"));
        }
    }

    // ---- what a table keeps ----

    private static BehaviourScene keeping(BehaviourEngine engine, String table) throws Exception {
        var scene = scene(engine);
        scene.startWhole(BehaviourApi.with(BehaviourScene.PREAMBLE)
                + with(
                        " stick-table " + table + "\n tcp-request inspect-delay 20s\n"
                                + " tcp-request content track-sc0 req.payload(0,6) if { req.len ge 6 }\n"
                                + " tcp-request content reject if { req.len ge 6 }\n"
                                + " log-format \"%[sc0_tracked] %[sc0_conn_cnt]\"\n",
                        ""));
        return scene;
    }

    /** A session with a key of six characters; whether it was tracked, and its count. */
    private static String keyed(BehaviourScene scene, String key) throws Exception {
        try (var client = scene.client("fe").send(key)) {
            client.rest();
        }
        return scene.log();
    }

    /** Keys of the table. */
    private static List<String> keys(BehaviourScene scene) throws Exception {
        return keys(scene, "fe");
    }

    private static List<String> keys(BehaviourScene scene, String table) throws Exception {
        return column(scene, table, "key").keySet().stream().sorted().toList();
    }

    private static Map<String, String> column(BehaviourScene scene, String name) throws Exception {
        return column(scene, "fe", name);
    }

    private static Map<String, String> column(BehaviourScene scene, String table, String name) throws Exception {
        Map<String, String> values = new HashMap<>();
        scene.ask("api", "show table " + table)
                .lines()
                .filter(line -> line.startsWith("0x"))
                .forEach(line -> {
                    String key = line.replaceFirst(".* key=(\\S+) .*", "$1");
                    values.put(key, line.replaceFirst(".* " + name + "=(\\S+) .*", "$1"));
                });
        return values;
    }

    @OnEveryEngine
    void shouldMakeRoomByWhatWouldExpireFirst(BehaviourEngine engine) throws Exception {
        try (var scene = keeping(engine, "type string len 6 size 2 expire 1m store conn_cnt")) {
            keyed(scene, "first1");
            keyed(scene, "second");
            Map<String, String> left;
            do {
                keyed(scene, "first1");
                left = column(scene, "exp");
            } while (Integer.parseInt(left.get("first1")) <= Integer.parseInt(left.get("second")));

            assertEquals("1 1", keyed(scene, "third3"));

            assertTrue(keys(scene).contains("third3"));
            assertFalse(keys(scene).contains("second")); // HAProxy takes one out of each part of the table
        }
    }

    @OnEveryEngine
    void shouldTakeNoNewKeyInAFullTableWithNopurge(BehaviourEngine engine) throws Exception {
        try (var scene = keeping(engine, "type string len 6 size 2 expire 1m nopurge store conn_cnt")) {
            assertEquals("1 1", keyed(scene, "first1"));
            assertEquals("1 1", keyed(scene, "second"));

            assertEquals("0 -", keyed(scene, "third3"));

            assertEquals("1 2", keyed(scene, "first1"));
            assertEquals(List.of("first1", "second"), keys(scene));
        }
    }

    @OnEveryEngine
    void shouldCutStringsAtTheLengthOfTheTable(BehaviourEngine engine) throws Exception {
        try (var scene = keeping(engine, "type string len 5 size 10 expire 1m store conn_cnt")) {
            assertEquals("1 1", keyed(scene, "hello1"));
            assertEquals("1 2", keyed(scene, "hello2"));

            assertEquals(List.of("hello"), keys(scene));
        }
    }

    @OnEveryEngine
    void shouldFindNoIpv4KeyInMostIpv6Addresses(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.start(with(
                    " stick-table type ip size 10 expire 1m store conn_cnt\n"
                            + " tcp-request connection track-sc0 ipv6(2001:db8::1)\n"
                            + " tcp-request connection track-sc1 ipv6(::ffff:10.0.0.1)\n"
                            + " log-format \"%[sc0_tracked] %[sc1_tracked] %[sc1_key] %[table_cnt(fe)]\"\n",
                    ""));

            assertEquals("0 1 10.0.0.1 1", session(scene, "127.0.0.2", "s1"));
        }
    }

    /** Clients without a value of their own share one entry, but those without the field have none. */
    @OnEveryEngine
    void shouldTakeAnEmptyTextForAKey(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole("""
                    global
                        stats socket @folder@/api mode 600 level admin
                    frontend fe
                        mode http
                        timeout client 20s
                        bind 127.0.0.1:@fe@
                        stick-table type string len 8 size 100 expire 1m store http_req_cnt
                        http-request track-sc0 req.hdr(k)
                        http-request return status 200 content-type a/b lf-string "<%[sc0_key]>%[sc0_http_req_cnt]%{Q}[path]"
                    """);

            assertTrue(ask(scene, "k:").endsWith("<>1/<FIN>"));
            assertTrue(ask(scene, "k: a").endsWith("<a>1/<FIN>"));
            assertTrue(ask(scene, "k:").endsWith("<>2/<FIN>"));
            assertTrue(ask(scene, "other: a").endsWith("<>/<FIN>"));
        }
    }

    private static String ask(BehaviourScene scene, String field) throws Exception {
        return scene.client("fe")
                .send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + field + "\r\n\r\n")
                .rest();
    }
}
