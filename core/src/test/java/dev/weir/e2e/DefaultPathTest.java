package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every folder has files of the same names; what they say tells from which one a rule has its own. */
@DisplayName("default-path")
final class DefaultPathTest {
    private static final List<String> FOLDERS = List.of(".", "conf", "conf/sub", "other");
    private static final String FIRST = """
            global
                nbthread 1
                default-path @policy@
            defaults
                mode http
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            """;
    private static final String FRONTEND = """
            http-errors pages@port@
                errorfile 404 page.http
            frontend f@port@
                bind 127.0.0.1:@port@
                errorfile 403 page.http
                http-error status 429 content-type text/plain file text
                errorfiles pages@port@ 404
                http-request return status 200 content-type text/plain file text if { path /file }
                http-request return status 200 content-type text/plain lf-file text if { path /format }
                http-request return status 200 errorfile page.http if { path /page }
                http-request return status 200 content-type text/plain lf-string %[str(key),map(values)] if { path /map }
                http-request return status 200 content-type text/plain string acl if { path -f list }
                http-request deny deny_status 403 if { path /403 }
                http-request deny deny_status 404 if { path /404 }
                http-request deny deny_status 429 if { path /429 }
            """;
    private static final List<String> PATHS =
            List.of("/file", "/format", "/page", "/map", "/403", "/404", "/429", "/of/.", "/of/conf", "/of/other");

    @TempDir
    Path folder;

    private final int first = Peers.freePort();
    private final int second = Peers.freePort();

    @BeforeEach
    void writeFiles() throws IOException {
        for (String name : FOLDERS) {
            write(name + "/text", "from " + name + "\n");
            write(name + "/page.http", "HTTP/1.1 403 Forbidden\r\n\r\nfrom " + name + "\n");
            write(name + "/values", "key from " + name + "\n");
            write(name + "/list", "/of/" + name + "\n");
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** The second file's policy is the first's; lists are known by the names that they are given, so the first to name one reads it. */
    @ParameterizedTest
    @CsvSource({"current, ., .", "config, conf, conf/sub", "parent, ., conf", "origin other, other, other"})
    void shouldBeginRelativeNamesThere(String policy, String ofFirst, String ofSecond) throws IOException {
        writeConfigurations(policy);

        List<String> answers = answers(Weir.EXECUTABLE.toString());

        assertThat(answers)
                .contains(
                        first("/file", ofFirst),
                        first("/format", ofFirst),
                        first("/page", ofFirst),
                        first("/map", ofFirst),
                        first("/403", ofFirst),
                        first("/404", ofFirst),
                        first("/429", ofFirst))
                .contains(
                        second("/file", ofSecond),
                        second("/page", ofSecond),
                        second("/403", ofSecond),
                        second("/404", ofSecond),
                        second("/map", ofFirst));
        BehaviourEngine.haproxy()
                .ifPresent(program -> assertThat(asThere(answers)).isEqualTo(asThere(answers(program))));
    }

    /** HAProxy knows error files by the names that they are given, too; here each line reads its own. */
    private static List<String> asThere(List<String> answers) {
        return answers.stream()
                .filter(answer -> !answer.matches("(?s)second /(page|403|404): .*"))
                .toList();
    }

    private void writeConfigurations(String policy) throws IOException {
        write("conf/edge.cfg", FIRST.replace("@policy@", policy) + frontend(first));
        write("conf/sub/more.cfg", frontend(second));
    }

    private static String frontend(int port) {
        return FRONTEND.replace("@port@", Integer.toString(port));
    }

    private String first(String path, String name) {
        return "first " + path + ": from " + name;
    }

    private String second(String path, String name) {
        return "second " + path + ": from " + name;
    }

    private List<String> answers(String program) {
        try (var proxy = start(program)) {
            proxy.listensOn(first).listensOn(second);
            List<String> answers = new ArrayList<>();
            for (String path : PATHS) {
                answers.add("first " + path + ": " + answer(first, path));
                answers.add("second " + path + ": " + answer(second, path));
            }
            return answers;
        }
    }

    /** A file, and a folder. */
    private Weir start(String program) {
        return Weir.command(
                folder, Way.BEST, List.of(program, "-db", "-f", "conf/edge.cfg", "-f", folder + "/conf/sub/"));
    }

    private static String answer(int port, String path) {
        try (Socket client = Peers.connect(port)) {
            client.getOutputStream().write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(UTF_8));
            String answer = Peers.rest(client);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldHoldWhenTheFilesAreReadAgain() throws IOException {
        writeConfigurations("config");
        try (Weir weir = start(Weir.EXECUTABLE.toString())) {
            weir.listensOn(first).listensOn(second);
            write("conf/text", "changed\n");
            write("conf/values", "key changed\n");

            weir.signal("USR2");

            Patience.await()
                    .untilAsserted(() -> assertThat(answer(first, "/file")).isEqualTo("changed"));
            assertThat(answer(first, "/map")).isEqualTo("changed");
            assertThat(answer(second, "/file")).isEqualTo("from conf/sub");
        }
    }

    @Test
    void shouldHoldForExplain() throws IOException {
        writeConfigurations("config");
        try (Weir weir = Weir.start(folder, "explain", "-f", "conf/edge.cfg", "GET /of/conf")) {
            assertThat(weir.exitStatus()).isZero();
            assertThat(weir.out()).contains("{ path -f list }").contains("200");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "origin missing, 'couldn''t set ''default-path'' to origin ''missing'''",
        "origin, '''default-path origin'' expects a directory as an argument.'",
        "nowhere, unsupported default-path mode 'nowhere' for 'default-path'",
    })
    void shouldRefuseWhatIsNoFolder(String policy, String message) throws IOException {
        write("conf/edge.cfg", "global\n    default-path " + policy + "\n" + "listen x\n");
        List<String> programs = new ArrayList<>(List.of(Weir.EXECUTABLE.toString()));
        BehaviourEngine.haproxy().ifPresent(programs::add);

        for (String program : programs) {
            try (Weir weir = Weir.command(folder, Way.BEST, List.of(program, "-c", "-f", "conf/edge.cfg"))) {
                assertThat(weir.exitStatus()).isEqualTo(1);
                assertThat(weir.errors()).contains("[conf/edge.cfg:2]").contains(message);
            }
        }
    }
}
