package dev.weir.config.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.config.compile.RuleChecks;
import dev.weir.config.model.Problem;
import dev.weir.config.model.Problems;
import dev.weir.config.parse.ConfigurationReader;
import dev.weir.config.parse.Environment;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small configurations, valid and not, and what Weir says about them. Where a HAProxy of at least 3.2 is at hand (the program
 * that {@code WEIR_HAPROXY} names, else the one on the PATH), it has to say the same.
 */
class VerdictTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/weir/config");

    static List<Path> configurations() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String verdict : List.of("valid", "invalid", "no-listener")) {
            try (Stream<Path> files = Files.list(FOLDER.resolve(verdict))) {
                files.sorted().forEach(all::add);
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void shouldJudgeAsItsFolderSays(Path file) {
        boolean isInvalid = file.getParent().endsWith("invalid");
        var problems = new Problems();

        var environment = Environment.of(Map.of());
        var configuration = ConfigurationReader.read(List.of(file.toString()), environment, problems);
        var resolver = new AddressResolver();
        if (!problems.isFatal()) {
            ConfigurationChecks.check(configuration, problems, resolver, false);
        }
        if (!problems.isFatal()) {
            RuleChecks.check(configuration, environment, resolver, problems);
        }

        assertEquals(isInvalid, problems.isFatal(), () -> texts(problems));
    }

    private static String texts(Problems problems) {
        var out = new StringBuilder();
        for (Problem problem : problems.all()) {
            out.append('\n').append(problem.format(1));
        }
        return out.toString();
    }

    @Test
    void shouldJudgeAsHaproxyDoes() throws Exception {
        String program = haproxy();
        assumeTrue(program != null, "no HAProxy of at least 3.2 at hand");

        for (Path file : configurations()) {
            int expected =
                    file.getParent().endsWith("valid") ? 0 : file.getParent().endsWith("invalid") ? 1 : 2;
            Process process = new ProcessBuilder(
                            program, "-c", "-f", file.toAbsolutePath().toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertEquals(expected, process.waitFor(), file + "\n" + output);
        }
    }

    private static String haproxy() throws IOException {
        String program = System.getenv("WEIR_HAPROXY");
        for (String folder : (System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(File.pathSeparator)) {
            if (program == null && Files.isExecutable(Path.of(folder, "haproxy"))) {
                program = folder + "/haproxy";
            }
        }
        return program != null && isNewEnough(program) ? program : null;
    }

    private static boolean isNewEnough(String program) throws IOException {
        Process process = new ProcessBuilder(program, "-cc", "version_atleast(3.2)")
                .redirectErrorStream(true)
                .start();
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
