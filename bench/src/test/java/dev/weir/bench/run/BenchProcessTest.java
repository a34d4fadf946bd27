package dev.weir.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bench.Main;
import dev.weir.bench.machine.CpuSet;
import dev.weir.bench.machine.PortCheck;
import dev.weir.bench.process.JavaCommand;
import dev.weir.report.data.DataFolder;
import dev.weir.report.data.Figure;
import dev.weir.report.data.Results;
import dev.weir.report.data.Round;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The runner as a process, with made-up products: what it leaves behind, on disk and of processes. */
@Timeout(240)
class BenchProcessTest {
    private static final int PORTS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    private int portBase;
    private Process bench;

    @BeforeEach
    void choosePorts() throws IOException {
        long seed = System.nanoTime();
        System.out.println("BenchProcessTest seed " + seed);
        Random random = new Random(seed);
        do {
            portBase = 10_000 + random.nextInt(20_000);
        } while (!areFree(portBase));
    }

    private static boolean areFree(int first) throws IOException {
        for (int port = first; port < first + PORTS; port++) {
            if (!PortCheck.isFree(port)) {
                return false;
            }
        }
        return true;
    }

    @AfterEach
    void leaveNothing() {
        bench.destroyForcibly();
        Awaitility.await().atMost(PATIENCE).until(() -> leftOver().isEmpty());
    }

    /** Processes that have this run's ports or folders in their command line; read from /proc, since the JDK leaves out long ones. */
    private List<ProcessHandle> leftOver() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> {
                    String line = commandLine(process);
                    return line.contains("--port=" + portBase) || line.contains(folder.toString());
                })
                .toList();
    }

    /** Empty for a process that is gone. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** A script that says what HAProxy says, and runs the fake or fails. */
    private Path product(String name, String behaviour) throws IOException {
        Path script = folder.resolve(name);
        Files.writeString(
                script, "#!/bin/sh\n[ \"$1\" = -v ] && { echo 'HAProxy version 9.9.9 made up'; exit; }\n" + behaviour);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private Path relay(String name, int connectionsMax) throws IOException {
        return product(
                name,
                "exec '%s' -cp '%s' %s \"$3\" %d\n"
                        .formatted(
                                JavaCommand.java(),
                                System.getProperty("java.class.path"),
                                FakeProxy.class.getName(),
                                connectionsMax));
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("--window", "1"));
        words.addAll(List.of(arguments));
        start(List.of(), words);
        return end();
    }

    private String end() throws IOException, InterruptedException {
        assertThat(bench.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return output();
    }

    /** @param wrapper what runs the runner, if anything */
    private void start(List<String> wrapper, List<String> arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("bench", "--port-base", Integer.toString(portBase)));
        words.addAll(List.of("--into", folder.resolve("report").toString(), "--cpus", oneCpu()));
        words.addAll(List.of("--rounds", "1", "--lead", "0.1", "--warm-up", "1", "--disturbed", "100"));
        words.addAll(List.of("--no-system-calls"));
        words.addAll(arguments);
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(JavaCommand.of(Main.class.getName(), words));
        bench = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    /** One that goes on for longer than any test, and has started its processes. */
    private void startLong() throws IOException {
        List<String> words = new ArrayList<>(List.of("l4-64b", "--points", "2", "--window", "600"));
        words.addAll(List.of("--only", "direct,haproxy"));
        words.addAll(List.of("--haproxy", relay("one", 0).toString()));
        start(List.of(), words);
        Awaitility.await().atMost(PATIENCE).until(() -> leftOver().size() >= 3);
    }

    private static String oneCpu() throws IOException {
        return CpuSet.allowed().first(1).toString();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }

    private Results results() throws IOException {
        return DataFolder.at(folder.resolve("report")).read();
    }

    @Test
    void shouldMeasureAllSideBySideAndWriteAReport() throws IOException, InterruptedException {
        String output = run(
                "l4-64b",
                "--points",
                "2,4",
                "--only",
                "direct,haproxy,weir",
                "--haproxy",
                relay("one", 0).toString(),
                "--weir",
                relay("two", 0).toString());

        assertThat(bench.exitValue()).as(output).isZero();
        assertThat(output).contains("note: one CPU only").contains("direct").contains("report.html");
        Results results = results();
        assertThat(results.series()).extracting("value").containsExactly(2.0, 4.0);
        for (Round round : results.series().getFirst().keptRounds()) {
            assertThat(round.samples()).containsOnlyKeys("direct", "haproxy", "weir");
            round.samples()
                    .forEach((name, sample) -> assertThat(sample.figures())
                            .as(name)
                            .containsKeys(Figure.REQUEST_RATE, Figure.P99, Figure.MACHINE_CPU_PER_REQUEST));
            assertThat(round.samples().get("weir").figures().get(Figure.PROXY_CPU_PER_REQUEST))
                    .isPositive();
        }
        assertThat(folder.resolve("report/report.html")).isNotEmptyFile();
        assertThat(folder.resolve("report/data/configurations/one-cpu-haproxy-tcp.cfg"))
                .isNotEmptyFile();
        assertThat(folder.resolve("report/data/histograms/l4-64b-one-cpu-2.hlog"))
                .isNotEmptyFile();
    }

    @Test
    void shouldAddToAFolderAndMeasureTheOtherKinds() throws IOException, InterruptedException {
        String haproxy = relay("one", 0).toString();
        run("l4-64b", "--points", "2", "--only", "direct,haproxy", "--haproxy", haproxy);

        String output = run(
                "l4-latency",
                "l4-idle",
                "l4-start",
                "l4-bulk-both",
                "--points",
                "30",
                "--only",
                "direct,haproxy",
                "--haproxy",
                haproxy);

        assertThat(bench.exitValue()).as(output).isZero();
        assertThat(results().series())
                .extracting("scenario")
                .containsExactlyInAnyOrder("l4-64b", "l4-latency", "l4-idle", "l4-start", "l4-bulk-both");
        assertThat(results().invocations()).hasSize(2);
    }

    @Test
    void shouldSayThatAPortIsInUse() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(portBase + 1, 1, InetAddress.getLoopbackAddress())) {
            String output = run(
                    "l4-64b",
                    "--only",
                    "direct,haproxy",
                    "--haproxy",
                    relay("one", 0).toString());

            assertThat(bench.exitValue()).isEqualTo(1);
            assertThat(output)
                    .contains("port " + taken.getLocalPort() + ", meant for haproxy, is in use")
                    .contains("--port-base");
        }
    }

    @Test
    void shouldSayThatAProductIsMissing() throws IOException, InterruptedException {
        String output = run("l4-64b", "--only", "direct,haproxy", "--haproxy", "/nowhere/haproxy");

        assertThat(bench.exitValue()).isEqualTo(1);
        assertThat(output)
                .contains("haproxy: /nowhere/haproxy is not executable")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldGoOnWithoutAProductThatDoesNotStart() throws IOException, InterruptedException {
        String output = run(
                "l4-64b",
                "--points",
                "2",
                "--only",
                "direct,haproxy,weir",
                "--haproxy",
                product("broken", "echo 'no such module'; exit 3\n").toString(),
                "--weir",
                relay("two", 0).toString());

        assertThat(bench.exitValue()).as(output).isZero();
        assertThat(output)
                .contains("haproxy takes no part: haproxy has ended (exit status 3)")
                .contains("no such module");
        assertThat(results().series().getFirst().notes()).containsKey("haproxy");
    }

    @Test
    void shouldEndWhenAProductDiesMeanwhile() throws IOException, InterruptedException {
        String output = run(
                "l4-64b",
                "--points",
                "2",
                "--only",
                "direct,haproxy",
                "--haproxy",
                relay("one", 9).toString());

        assertThat(bench.exitValue()).as(output).isEqualTo(1);
        assertThat(output)
                .contains("haproxy has ended (killed by signal 9)")
                .contains("the fake has had enough")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldSayThatThereIsNoIoUring() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("l4-64b", "--points", "2", "--window", "1"));
        words.addAll(List.of("--only", "direct,haproxy,netty"));
        words.addAll(List.of("--haproxy", relay("one", 0).toString()));
        start(JavaCommand.of(WithoutIoUring.class.getName(), List.of()), words);

        String output = end();

        assertThat(bench.exitValue()).as(output).isZero();
        assertThat(output)
                .contains("note: io_uring is not available")
                .contains("note: netty is not there: io_uring cannot be had through Netty");
        assertThat(results().environment().ioUring()).startsWith("not available");
        assertThat(results().series().getFirst().keptRounds().getFirst().samples())
                .containsOnlyKeys("direct", "haproxy");
    }

    @Test
    void shouldTakeEverythingAlongWhenItIsKilled() throws IOException {
        startLong();

        bench.destroyForcibly(); // leaveNothing waits until nothing is left
    }

    @Test
    void shouldTakeEverythingAlongWhenItIsInterrupted() throws IOException, InterruptedException {
        startLong();

        bench.destroy();

        assertThat(bench.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(output()).contains("interrupted").doesNotContain("has ended");
    }

    /** A terminal's Ctrl-C reaches the whole process group. */
    private void interruptGroup() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-TERM", "--", "-" + bench.pid())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(bench.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldBlameNoProductForAnInterruptionWhileItStarts() throws IOException, InterruptedException {
        Path hasStarted = folder.resolve("has-started");
        List<String> words = new ArrayList<>(List.of("l4-64b", "--only", "direct,haproxy"));
        words.addAll(List.of(
                "--haproxy",
                product("deaf", "touch '" + hasStarted + "'; exec sleep 600\n").toString()));
        start(List.of("setsid"), words);
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(hasStarted));

        interruptGroup();

        assertThat(output())
                .contains("interrupted")
                .doesNotContain("takes no part")
                .doesNotContain("has ended")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("report/data/run.json")).doesNotExist();
    }

    @Test
    void shouldReportWhatWasDoneBeforeAnInterruption() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("l4-64b", "--points", "2,3,4,5,6,7,8,9", "--window", "2"));
        words.addAll(List.of("--only", "direct,haproxy"));
        words.addAll(List.of("--haproxy", relay("one", 0).toString()));
        start(List.of("setsid"), words);
        Path run = folder.resolve("report/data/run.json");
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(run));

        interruptGroup();

        assertThat(output())
                .contains("interrupted: the report has what was done by then")
                .doesNotContain("has ended");
        assertThat(folder.resolve("report/report.html")).isNotEmptyFile();
        assertThat(results().series()).isNotEmpty().hasSizeLessThan(8);
    }
}
