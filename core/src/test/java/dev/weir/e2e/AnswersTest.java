package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Command lines that answer and end. */
class AnswersTest {
    @TempDir
    Path folder;

    @Test
    void shouldSayItsVersion() {
        try (var weir = Weir.start(folder, "-v")) {
            assertThat(weir.exitStatus()).as(weir::toString).isZero();
            assertThat(weir.out()).contains("Weir version").contains("HAProxy version 3.2.");
        }
    }

    @Test
    void shouldSayWhatScriptsForHaproxyLookFor() {
        try (var weir = Weir.start(folder, "-vv")) {
            assertThat(weir.exitStatus()).as(weir::toString).isZero();
            assertThat(weir.out()).contains("HAProxy version 3.2.0").contains("TARGET  = linux-glibc");
        }
    }

    @Test
    void shouldHelp() {
        try (var weir = Weir.start(folder, "--help")) {
            assertThat(weir.exitStatus()).as(weir::toString).isZero();
            assertThat(weir.out()).contains("-f").contains("--listen").contains("demo");
        }
    }

    @Test
    void shouldFindAValidFileValid() {
        Configurations.file(folder, Configurations.tcp(Peers.freePort()) + "    server s1 127.0.0.1:1\n");

        try (var weir = Weir.start(folder, "-c", "-V", "-f", "haproxy.cfg")) {
            assertThat(weir.exitStatus()).as(weir::toString).isZero();
            assertThat(weir.out() + weir.errors()).contains("Configuration file is valid");
        }
    }

    @Test
    void shouldReportEveryProblemOfABrokenFile() {
        Configurations.file(folder, """
                listen web
                    mode tcp
                    bind 127.0.0.1:%d
                    ballance roundrobin
                    server s1 127.0.0.1:1 chekc
                """.formatted(Peers.freePort()));

        try (var weir = Weir.start(folder, "-c", "-f", "haproxy.cfg")) {
            assertThat(weir.exitStatus()).as(weir::toString).isEqualTo(1);
            assertThat(weir.errors())
                    .contains("[ALERT]")
                    .contains("[haproxy.cfg:4]")
                    .contains("'balance'")
                    .contains("[haproxy.cfg:5]")
                    .contains("'check'");
        }
    }

    @Test
    void shouldFailOnAFileThatIsNotThere() {
        try (var weir = Weir.start(folder, "-c", "-f", "missing.cfg")) {
            assertThat(weir.exitStatus()).as(weir::toString).isEqualTo(1);
        }
    }

    @Test
    void shouldEvaluateACondition() {
        try (var holds = Weir.start(folder, "-cc", "version_atleast(3.0)");
                var fails = Weir.start(folder, "-cc", "version_atleast(9.0)")) {
            assertThat(holds.exitStatus()).as(holds::toString).isZero();
            assertThat(fails.exitStatus()).as(fails::toString).isEqualTo(1);
        }
    }

    @Test
    void shouldFailWhenThePortIsTaken() {
        try (var server = new NamedServer("taken")) {
            Configurations.file(folder, Configurations.tcp(server.port(), server));

            try (var weir = Weir.start(folder, "-db", "-f", "haproxy.cfg")) {
                assertThat(weir.exitStatus()).as(weir::toString).isEqualTo(1);
                assertThat(weir.errors()).contains("[ALERT]").contains(Integer.toString(server.port()));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
