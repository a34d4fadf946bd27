package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts in examples/, with the real peers where they are installed. */
class ExamplesTest {
    private static final int SKIPPED = 77;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "l4-nginx",
                "postgres",
                "redis",
                "mqtt",
                "tls-passthrough",
                "one-port",
                "proxy-protocol",
                "queue",
                "backup",
                "rate-limit",
                "operators-day",
                "syslog",
                "dns",
                "ha",
                "grafana",
                "one-line",
                "spring-boot",
                "published/wordpress",
                "published/nextcloud",
                "published/grafana",
                "published/gitlab",
                "published/kubernetes-api",
                "published/content-switching",
                "published/edge",
                "published/forward-proxy",
                "stress/http"
            })
    void shouldPass(String example) throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("bash", script(example).toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("SHORT", "1"); // where a script has a shorter form
        Process script = builder.start();

        boolean ended = script.waitFor(360, TimeUnit.SECONDS);
        script.destroyForcibly();

        String printed = new String(Files.readAllBytes(output), UTF_8);
        assertThat(ended).as(printed).isTrue();
        assumeFalse(script.exitValue() == SKIPPED, printed);
        assertThat(script.exitValue()).as(printed).isZero();
    }

    private static Path script(String example) {
        Path folder = Weir.ROOT.resolve("examples/" + example);
        return Files.isDirectory(folder)
                ? folder.resolve("run.sh")
                : folder.resolveSibling(folder.getFileName() + ".sh");
    }
}
