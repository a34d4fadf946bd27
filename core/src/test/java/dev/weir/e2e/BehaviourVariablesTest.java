package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variables of the process that the configuration sets, and what all variables may take. */
@DisplayName("variables")
final class BehaviourVariablesTest {
    private static final String GLOBAL = """
            global
                nbthread 1
                stats socket @folder@/api mode 600 level admin
                setenv COLOUR green
            """;
    private static final String PROXY = """
            defaults
                mode http
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:@fe@
            """;
    private static final String VARIABLES = """
                set-var proc.number int(5),add(2)
                set-var proc.sum var(proc.number),mul(2)
                set-var proc.text str("a b"),upper
                set-var proc.colour env(COLOUR)
                set-var proc.bytes bin(0102ff41)
                set-var proc.method meth(GET)
                set-var proc.other meth(PURGE)
                set-var proc.address ipv4(192.0.2.7)
                set-var proc.six ipv6(2001:db8::1)
                set-var proc.yes bool(true)
                set-var proc.number,ifnotset int(1)
                set-var proc.never,ifset int(1)
                set-var-fmt proc.line "%[var(proc.number)] and %[var(proc.text)]"
            """;

    private static String get(BehaviourScene scene, String name) throws IOException {
        return scene.ask("api", "get var proc." + name).strip();
    }

    @OnEveryEngine
    void shouldSetThemBeforeAnybodyConnects(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(GLOBAL + VARIABLES + PROXY + """
                        http-request return status 200 content-type text/plain lf-string "%[var(proc.line)], %[var(proc.sum)]"
                    """);

            scene.client("fe")
                    .send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                    .expect("HTTP/1.1 200 OK\r\ncontent-length: 13\r\ncontent-type: text/plain\r\n\r\n7 and A B, 14");
            assertEquals("proc.number: type=sint value=<7>", get(scene, "number"));
            assertEquals("proc.text: type=str value=<A B>", get(scene, "text"));
            assertEquals("proc.colour: type=str value=<green>", get(scene, "colour"));
            assertEquals("proc.bytes: type=bin value=<...A>", get(scene, "bytes"));
            assertEquals("proc.method: type=meth value=<GET>", get(scene, "method"));
            assertEquals("proc.other: type=meth value=<PURGE>", get(scene, "other"));
            assertEquals("proc.address: type=ipv4 value=<192.0.2.7>", get(scene, "address"));
            assertEquals("proc.six: type=ipv6 value=<2001:db8::1>", get(scene, "six"));
            assertEquals("proc.yes: type=bool value=<1>", get(scene, "yes"));
            assertEquals("proc.line: type=str value=<7 and A B>", get(scene, "line"));
            assertEquals("Variable not found.", get(scene, "never"));
        }
    }

    private static final String SHOWN = Stream.of("sess.a", "txn.b", "req.c", "req.d", "txn.e", "txn.f", "sess.g")
            .map(name -> "%[var(" + name + ")]")
            .collect(Collectors.joining(" "));
    private static final String LIMITED = PROXY + """
                http-request set-var(sess.a) int(1)
                http-request set-var(txn.b) int(2)
                http-request set-var(req.c) int(3)
                http-request set-var(req.d) int(4)
                http-request set-var(txn.e) int(5)
                http-request unset-var(req.c)
                http-request set-var(txn.f) str(12345)
                http-request set-var(sess.g) int(7)
                http-request return status 200 content-type text/plain lf-string "@shown@"
            """.replace("@shown@", SHOWN);

    private static String answered(BehaviourEngine engine, String limit) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(GLOBAL + "    tune.vars." + limit + "\n" + LIMITED);
            return answered(scene);
        }
    }

    private static String answered(BehaviourScene scene) throws IOException {
        String answer = scene.client("fe").send("GET / HTTP/1.0\r\n\r\n").rest();
        return answer.replaceFirst("(?s).*\r\n\r\n", "").replace("<FIN>", "");
    }

    /** A variable takes 80 bytes, and text what it is long; a wider scope has what narrower ones hold in it. */
    @OnEveryEngine
    void shouldNotSetWhatHasNoRoom(BehaviourEngine engine) throws Exception {
        assertEquals("1 2  4 5 12345 7", answered(engine, "txn-max-size 0"));
        assertEquals("1 2   5 12345 7", answered(engine, "reqres-max-size 159"));
        assertEquals("1 2  4 5 12345 7", answered(engine, "reqres-max-size 160"));
        assertEquals("1 2  4  12345 7", answered(engine, "txn-max-size 245"));
        assertEquals("1 2  4  12345 ", answered(engine, "sess-max-size 325"));
        assertEquals("1 2  4  12345 ", answered(engine, "proc-max-size 325"));
        assertEquals("1 2  4 5 12345 ", answered(engine, "global-max-size 405"));
    }

    /** What a session held is free again when it has ended. */
    @OnEveryEngine
    void shouldGiveRoomBack(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(GLOBAL + "    tune.vars.global-max-size 405\n" + LIMITED);

            for (int i = 0; i < 5; i++) { // the session before may end after its client has seen the end
                Patience.await().until(() -> answered(scene).equals("1 2  4 5 12345 "));
            }
        }
    }

    /** HAProxy starts another process instead, which begins with what its file says. */
    @Test
    void shouldKeepThemOverAReloadUnlessTheFileSaysOtherwise() throws Exception {
        try (var scene = new BehaviourScene(BehaviourEngine.WEIR)) {
            String tail = PROXY + "    http-request return status 200\n";
            scene.startWhole(GLOBAL + """
                        set-var proc.kept int(1)
                        set-var proc.changed int(1)
                        set-var proc.gone int(1)
                        set-var proc.follows env(COLOUR)
                    """ + tail);
            scene.ask("api", "experimental-mode on; set var proc.kept int(9); set var proc.changed int(9)");
            scene.ask("api", "experimental-mode on; set var proc.own int(9)");

            scene.write(GLOBAL.replace("green", "red") + """
                        set-var proc.kept int(1)
                        set-var proc.changed int(2)
                        set-var proc.added int(3)
                        set-var proc.follows env(COLOUR)
                    """ + tail);
            scene.reload();

            assertEquals("proc.kept: type=sint value=<9>", get(scene, "kept"));
            assertEquals("proc.changed: type=sint value=<2>", get(scene, "changed"));
            assertEquals("Variable not found.", get(scene, "gone"));
            assertEquals("proc.added: type=sint value=<3>", get(scene, "added"));
            assertEquals("proc.own: type=sint value=<9>", get(scene, "own"));
            assertEquals("proc.follows: type=str value=<red>", get(scene, "follows"));
        }
    }

    @Test
    void shouldSayWhatIsWrong(@TempDir Path folder) throws Exception {
        Configurations.file(folder, """
                global
                    set-var txn.a int(1)
                    set-var proc.a
                    set-var-fmt proc.a
                    set-var proc.a src
                    set-var proc.a nosuch
                    set-var proc.a-b int(1)
                    set-var proc.a int(1) junk
                    set-var-fmt proc.a "%[src]"
                    tune.vars.proc-max-size 1k
                listen l
                    bind 127.0.0.1:9
                """);

        try (var weir = Weir.start(folder, "-c", "-f", "haproxy.cfg")) {
            assertEquals(1, weir.exitStatus());
            assertThat(weir.errors())
                    .contains(
                            "cfg:2] : 'set-var' cannot set variable 'txn.a', only scope 'proc' is permitted in the global section.")
                    .contains(
                            "cfg:3] : 'set-var' requires a process-wide variable name ('proc.<name>') and a sample expression.")
                    .contains(
                            "cfg:4] : 'set-var-fmt' requires a process-wide variable name ('proc.<name>') and a format string.")
                    .contains(
                            "cfg:5] : fetch method 'src' extracts information from 'client-side connection', none of which is")
                    .contains("cfg:6] : unknown fetch method 'nosuch'")
                    .contains("cfg:7] : invalid syntax at char")
                    .contains("cfg:8] : 'set-var' cannot handle unexpected argument 'junk'.")
                    .contains("cfg:9] : ")
                    .contains("cfg:10] : tune.vars.proc-max-size: '1k' is an invalid size");
        }
    }
}
