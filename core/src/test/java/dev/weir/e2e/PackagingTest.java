package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
