package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} under load and during the start, with a stick table in a file: a few rounds of examples/stress/kill.sh. */
class KilledTest {
    @TempDir
    Path folder;

    @Test
    void shouldStartAgainAndNeverReturnAWrongEntry() throws Exception {
        String seed = Integer.toString(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
        System.out.println("seed " + seed);
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", Weir.ROOT.resolve("examples/stress/kill.sh").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("ROUNDS", "5");
        builder.environment().put("SEED", seed);
        Process script = builder.start();

        boolean ended = script.waitFor(360, TimeUnit.SECONDS);
        script.destroyForcibly();

        String printed = new String(Files.readAllBytes(output), UTF_8);
        assertThat(ended).as(printed).isTrue();
        assertThat(script.exitValue()).as(printed).isZero();
    }
}
