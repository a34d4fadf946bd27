package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import dev.weir.e2e.ScriptedNameServer.Manner;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules that ask for the address of a name while a session waits. */
@DisplayName("do-resolve")
final class BehaviourResolveTest {
    private static final String PREAMBLE = """
            global
                nbthread 1
                log 127.0.0.1:@log@ local0
            defaults base
                mode http
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            resolvers r
                nameserver n1 127.0.0.1:@dns@
                resolve_retries 20
                timeout resolve 50ms
                timeout retry 200ms
                hold valid 10ms
            """;
    private static final String HTTP = PREAMBLE + """
            frontend fe
                bind 127.0.0.1:@fe@
                http-request do-resolve(txn.ip,r,ipv4) hdr(x-name)
                http-request return status 200 content-type text/plain lf-string "<%[var(txn.ip)]>"
            frontend other
                bind 127.0.0.1:@other@
                http-request return status 200 content-type text/plain string "here"
            """;
    private static final String TCP = PREAMBLE + """
            frontend fe
                mode tcp
                bind 127.0.0.1:@fe@
                tcp-request inspect-delay 10s
                tcp-request content do-resolve(sess.ip,r,ipv4) req.payload(0,6) if { req.len ge 6 }
                tcp-request content reject unless { var(sess.ip) -m found }
                tcp-request content set-dst var(sess.ip)
                default_backend be
            backend be
                mode tcp
                server s1 0.0.0.0:@origin@
            """;

    private static BehaviourScene scene(BehaviourEngine engine, ScriptedNameServer names, String configuration)
            throws Exception {
        var scene = new BehaviourScene(engine);
        scene.anyOrigin("origin");
        scene.keepOpen(names);
        scene.port("dns", names.port());
        return scene.startWhole(configuration);
    }

    private static String request(String name) {
        return request(name, "/");
    }

    private static String request(String name, String path) {
        return "GET " + path + " HTTP/1.1\r\nhost: h\r\nx-name: " + name + "\r\nconnection: close\r\n\r\n";
    }

    private static String answer(BehaviourScene scene, String name) throws Exception {
        return answer(scene, name, "/");
    }

    private static String answer(BehaviourScene scene, String name, String path) throws Exception {
        var client = scene.client("fe").send(request(name, path));
        String answer = client.rest();
        client.close();
        return answer.substring(answer.lastIndexOf('\n') + 1).replace("<FIN>", "");
    }

    @OnEveryEngine
    void shouldSetAVariableToTheAddressOfAName(BehaviourEngine engine) throws Exception {
        var names = new ScriptedNameServer();
        names.zone("a.test. A 127.0.0.7", "six.test. AAAA ::7");
        try (var scene = scene(engine, names, HTTP)) {
            assertThat(answer(scene, "a.test")).isEqualTo("<127.0.0.7>");
            assertThat(answer(scene, "six.test")).isEqualTo("<::7>");
            assertThat(answer(scene, "none.test")).isEqualTo("<>");
            assertThat(answer(scene, "no..name")).isEqualTo("<>");
            names.zone("a.test. A 127.0.0.8");
            Patience.await()
                    .untilAsserted(() -> assertThat(answer(scene, "a.test")).isEqualTo("<127.0.0.8>"));
        }
    }

    @OnEveryEngine
    void shouldConnectToWhereANameLeads(BehaviourEngine engine) throws Exception {
        var names = new ScriptedNameServer();
        names.zone("a.test. A 127.0.0.5");
        try (var scene = scene(engine, names, TCP)) {
            var client = scene.client("fe").send("a.test and more");
            scene.origin("origin").accept().expect("a.test and more").send("ok").close();
            assertThat(client.rest()).isEqualTo("ok<FIN>");

            assertThat(scene.client("fe").send("x.test").rest()).isIn("<FIN>", "<RST>");
        }
    }

    @Test
    void shouldHoldUpNobodyElseWhileItWaits() throws Exception {
        var names = new ScriptedNameServer();
        names.zone("a.test. A 127.0.0.7");
        names.manner(Manner.SILENT);
        String patient = HTTP.replace("resolve_retries 20", "resolve_retries 100");
        try (var scene = scene(BehaviourEngine.WEIR, names, patient)) {
            var waiting = scene.client("fe").send(request("a.test"));
            Patience.await().until(() -> names.asked() > 0);

            for (int i = 0; i < 20; i++) {
                var client = scene.client("other").send(request("a.test"));
                assertThat(client.rest()).endsWith("here<FIN>");
                client.close();
            }
            names.manner(Manner.HONEST);

            assertThat(waiting.rest()).endsWith("<127.0.0.7><FIN>");
        }
    }

    @Test
    void shouldGoOnWithoutAnAddressWhenNobodyAnswers() throws Exception {
        var names = new ScriptedNameServer();
        names.manner(Manner.SILENT);
        String hasty = HTTP.replace("resolve_retries 20", "resolve_retries 2");
        try (var scene = scene(BehaviourEngine.WEIR, names, hasty)) {
            assertThat(answer(scene, "a.test")).isEqualTo("<>");
        }
    }

    @Test
    void shouldLetAReloadEndTheWaitingForASectionThatIsGone() throws Exception {
        var names = new ScriptedNameServer();
        names.manner(Manner.SILENT);
        String patient = HTTP.replace("resolve_retries 20", "resolve_retries 1000");
        try (var scene = scene(BehaviourEngine.WEIR, names, patient)) {
            var waiting = scene.client("fe").send(request("a.test"));
            Patience.await().until(() -> names.asked() > 0);

            scene.write(HTTP);
            scene.reload();

            assertThat(waiting.rest()).endsWith("<><FIN>");
        }
    }

    private static String accepting(String families) {
        return HTTP.replace("nbthread 1", "nbthread 1\n    dns-accept-family " + families)
                .replace("resolve_retries 20", "resolve_retries 2")
                .replace("do-resolve(txn.ip,r,ipv4) hdr(x-name)", """
                        do-resolve(txn.ip,r,ipv4) hdr(x-name) if { path / }
                            http-request do-resolve(txn.ip,r) hdr(x-name) unless { path / }""");
    }

    @OnEveryEngine
    void shouldAskForAcceptedFamiliesOnly(BehaviourEngine engine) throws Exception {
        for (String family : List.of("ipv4", "ipv6", "ipv4,ipv6")) {
            var names = new ScriptedNameServer();
            names.zone("a.test. A 127.0.0.7", "six.test. AAAA ::7", "both.test. A 127.0.0.8", "both.test. AAAA ::8");
            try (var scene = scene(engine, names, accepting(family))) {
                boolean takesIpv4 = family.contains("ipv4");
                boolean takesIpv6 = family.contains("ipv6");
                assertThat(answer(scene, "a.test")).isEqualTo(takesIpv4 ? "<127.0.0.7>" : "<>");
                assertThat(answer(scene, "six.test")).isEqualTo(takesIpv6 ? "<::7>" : "<>");
                assertThat(answer(scene, "both.test")).isEqualTo(takesIpv4 ? "<127.0.0.8>" : "<::8>");
                assertThat(answer(scene, "both.test", "/ipv6")).isEqualTo(takesIpv6 ? "<::8>" : "<127.0.0.8>");
                List<String> questions = names.takeQuestions();
                assertThat(questions.contains("a.test. A")).isEqualTo(takesIpv4);
                assertThat(questions.contains("six.test. AAAA")).isEqualTo(takesIpv6);
                assertThat(questions).allMatch(question -> question.endsWith("AAAA") ? takesIpv6 : takesIpv4);
            }
        }
    }

    /** An answer without an address that may be taken is one all the same: nobody is asked again. */
    @OnEveryEngine
    void shouldTakeNothingThatWasNotAskedFor(BehaviourEngine engine) throws Exception {
        var names = new ScriptedNameServer();
        names.zone("six.test. AAAA ::7", "both.test. AAAA ::8", "both.test. A 127.0.0.8");
        names.manner(Manner.GENEROUS);
        try (var scene = scene(engine, names, accepting("ipv4"))) {
            assertThat(answer(scene, "both.test")).isEqualTo("<127.0.0.8>");
            assertThat(answer(scene, "six.test")).isEqualTo("<>");
            assertThat(names.takeQuestions()).containsExactly("both.test. A", "six.test. A");
        }
    }
}
