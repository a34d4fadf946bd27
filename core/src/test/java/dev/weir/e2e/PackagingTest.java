package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What packaging/ installs. */
class PackagingTest {
    private static final Path PACKAGING = Weir.ROOT.resolve("packaging");

    @TempDir
    Path folder;

    @Test
    void shouldServeFromATreeThatBringsItsOwnJvm() throws Exception {
        Path tree = folder.resolve("tree");
        make(tree);
        int port = Peers.freePort();

        try (var server = new NamedServer("s");
                var weir = start(tree, Configurations.tcp(port, server), "-db").listensOn(port)) {
            assertThat(Peers.whoAnswers(port)).as(weir::toString).isEqualTo("s");
        }
    }

    /** As an upgrade does it, which restarts the service only then: new files move into the place of those that are in use. */
    @Test
    void shouldGoOnWhenItsFilesAreReplaced() throws Exception {
        Path tree = folder.resolve("tree");
        make(tree);
        int port = Peers.freePort();
        String socket = folder.resolve("api").toString();

        try (var server = new NamedServer("s");
                var weir = start(
                                tree,
                                "global\n    stats socket " + socket + " mode 600 level admin\n"
                                        + Configurations.tcp(port, server),
                                "-db")
                        .listensOn(port)) {
            Patience.await().until(() -> isAnswered(socket, "show version"));
            replace(tree.resolve("lib/weir.jar"));
            replace(tree.resolve("jvm/lib/modules"));

            for (String command :
                    List.of("show errors", "show schema json", "show latency", "show resolvers", "reload")) {
                assertThat(isAnswered(socket, command))
                        .as("%s: %s", command, weir)
                        .isTrue();
            }
            assertThat(Peers.whoAnswers(port)).as(weir::toString).isEqualTo("s");
        }
    }

    private boolean isAnswered(String socket, String command) {
        try (var ctl = Weir.start(folder, "ctl", "-s", socket, command)) {
            return ctl.exitStatus() == 0;
        }
    }

    private static void replace(Path file) throws IOException {
        Path successor = Files.writeString(file.resolveSibling("successor"), "a file of the next version");
        Files.move(successor, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void shouldComeWithAConfigurationThatHasNoMistake() throws IOException {
        String text = Files.readString(PACKAGING.resolve("deb/weir.cfg"));

        try (var weir = Weir.start(
                folder, "-c", "-dW", "-f", Configurations.file(folder, text).toString())) {
            assertThat(weir.exitStatus()).as(weir::toString).isZero();
        }
    }

    private void make(Path tree) throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(PACKAGING.resolve("tree.sh").toString(), tree.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("WEIR_AOT", "no");
        builder.environment().put("SOURCE_DATE_EPOCH", "1000000000");
        int status = builder.start().waitFor();
        assertThat(status).as(Files.readString(output)).isZero();
    }

    /** With an empty environment: no JDK is to be found by it. */
    private Weir start(Path tree, String configuration, String option) {
        String file = Configurations.file(folder, configuration).toString();
        return Weir.command(
                folder, Way.BEST, List.of("env", "-i", tree.resolve("weir").toString(), option, "-f", file));
    }
}
