package dev.weir.load.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./weir load} and {@code ./weir origin} as people start them. */
@Timeout(180)
@EnabledIfSystemProperty(named = "weir.root", matches = ".+")
class LauncherTest {
    @TempDir
    Path folder;

    private Process origin;
    private String url;

    private record Result(int status, String out, String err) {}

    @BeforeEach
    void startOrigin() throws IOException {
        origin = new ProcessBuilder(weir("origin", "http://127.0.0.1:0"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader reader = origin.inputReader();
        String line = reader.readLine();
        assertThat(line).startsWith("listening for http on 127.0.0.1:");
        url = "http://" + line.substring(line.lastIndexOf(' ') + 1) + "/";
    }

    @AfterEach
    void stopOrigin() throws InterruptedException {
        origin.destroy();

        assertThat(origin.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(origin.exitValue()).isZero();
    }

    private static List<String> weir(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("weir.root"), "weir")
                .toAbsolutePath()
                .toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Process start(String... arguments) throws IOException {
        return new ProcessBuilder(weir(arguments))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private Result finish(Process process) throws Exception {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Result(
                process.exitValue(), Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    @Test
    void shouldPrintWrksBlockAndLeaveWithZero() throws Exception {
        Result result = finish(start("load", "-n", "500", "-c", "5", url));

        assertThat(result.out()).startsWith("Running 500 requests @ " + url).contains("  500 requests in ");
        assertThat(result.status()).isZero();
    }

    @Test
    void shouldPrintNothingButJsonOnStandardOutput() throws Exception {
        Result result = finish(start("load", "-n", "500", "--json", "-", "--threshold", "requests<10", url));

        var json = JsonParser.parseString(result.out()).getAsJsonObject();
        assertThat(json.getAsJsonObject("result").get("requests").getAsInt()).isEqualTo(500);
        assertThat(result.status()).isEqualTo(99);
    }

    @Test
    void shouldWriteEveryKindOfFile() throws Exception {
        List<String> words = new ArrayList<>(List.of("load", "-n", "300", "-R", "1k", "-c", "5", "-L"));
        words.addAll(List.of("--no-priming", "--no-progress", "--same-body"));
        for (String kind : List.of("json", "csv", "html", "hgrm", "hdr-log")) {
            words.addAll(List.of("--" + kind, folder.resolve(kind).toString()));
        }
        words.add(url);

        Result result = finish(start(words.toArray(String[]::new)));

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("Detailed Percentile spectrum");
        assertThat(folder.resolve("json")).content().startsWith("{");
        assertThat(folder.resolve("csv")).content().startsWith("start_s,");
        assertThat(folder.resolve("html")).content().startsWith("<!DOCTYPE html>");
        assertThat(folder.resolve("hgrm")).content().contains("Percentile").contains("#[Mean");
        assertThat(folder.resolve("hdr-log")).content().contains("Tag=service");
    }

    @Test
    void shouldPrintWhatThereIsWhenInterrupted() throws Exception {
        Process load = start("load", "-d", "1h", "-w", "0", url);
        while (!Files.readString(folder.resolve("err"), StandardCharsets.UTF_8).contains("/s")) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(load.pid())).start().waitFor();

        Result result = finish(load);

        assertThat(result.out()).contains("Requests/sec:").contains("Latency Distribution");
        assertThat(result.status()).isEqualTo(130);
    }

    @Test
    void shouldSayWhyThereIsNoRun() throws Exception {
        Result refused = finish(start("load", "-c", "1", "http://127.0.0.1:1/"));
        assertThat(refused.err()).contains("weir load: cannot connect to 127.0.0.1:1: ");
        assertThat(refused.status()).isEqualTo(1);

        Result wrong = finish(start("load", "--rat", "5", url));
        assertThat(wrong.err()).contains("weir load: Unknown option").contains("Try: weir load --help");
        assertThat(wrong.status()).isEqualTo(2);
    }
}
