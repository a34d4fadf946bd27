package dev.weir.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.load.origin.Origin;
import dev.weir.load.origin.OriginOptions;
import dev.weir.load.plan.Plan;
import dev.weir.load.plan.RateProfile;
import dev.weir.load.plan.Targets;
import dev.weir.load.plan.Threshold;
import dev.weir.load.run.Outcome;
import dev.weir.load.run.Run;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run, and all that is written about it. */
class ReportTest {
    private static final long MS = 1_000_000;

    @TempDir
    static Path folder;

    private static Outcome outcome;
    private static String progress;

    @BeforeAll
    static void runOnce() throws Exception {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (Origin origin = new Origin(new OriginOptions(), line -> {});
                HdrLog log = new HdrLog(folder.resolve("log"))) {
            int port = origin.serve(new Endpoint.Inet(InetAddress.getLoopbackAddress(), 0), null);
            Plan plan = plan("http://127.0.0.1:" + port + "/<b>");
            Progress plain = new Progress(new PrintStream(lines, true, StandardCharsets.UTF_8), false);
            outcome = new Run(plan, new Both(log, plain), line -> {}).execute();
        }
        progress = lines.toString(StandardCharsets.UTF_8);
    }

    private record Both(HdrLog log, Progress progress) implements dev.weir.load.run.RunObserver {
        @Override
        public void onStart(Outcome outcome) {
            log.onStart(outcome);
            progress.onStart(outcome);
        }

        @Override
        public void onSecond(Outcome outcome, dev.weir.load.run.Second second, dev.weir.load.run.Tally tally) {
            log.onSecond(outcome, second, tally);
            progress.onSecond(outcome, second, tally);
        }
    }

    private static Plan plan(String url) {
        Targets.Common common = new Targets.Common();
        Targets targets = new Targets(common);
        targets.add(url, 1);
        Plan plan = new Plan();
        plan.title = url;
        plan.targets = targets.targets();
        plan.connections = 3;
        plan.rate = RateProfile.constant(300);
        plan.durationNs = 1300 * MS;
        plan.warmupNs = 200 * MS;
        plan.timeoutNs = 60_000 * MS;
        plan.thresholds.add(Threshold.parse("requests>1"));
        plan.thresholds.add(Threshold.parse("max<1us"));
        return plan;
    }

    /** The expressions that scripts around wrk use. */
    @Test
    void shouldPrintWhatScriptsForWrkLookFor() {
        String text = TextReport.opening(outcome.plan) + TextReport.result(outcome, false);

        assertThat(text).startsWith("Running 1300ms test @ http://127.0.0.1:");
        assertThat(find("(\\d+) threads and (\\d+) connections", text).group(2)).isEqualTo("3");
        find("Latency\\s+([\\d.]+)(\\w+)\\s+([\\d.]+)(\\w+)\\s+([\\d.]+)(\\w+)\\s+([\\d.]+)%", text);
        find("Req/Sec\\s+([\\d.]+)(\\w*)\\s+([\\d.]+)(\\w*)\\s+([\\d.]+)(\\w*)\\s+([\\d.]+)%", text);
        Matcher requests = find("(\\d+) requests in ([\\d.]+)(\\w+), ([\\d.]+)(\\w*B) read", text);
        assertThat(requests.group(1)).isEqualTo(Long.toString(outcome.total.requests));
        find("Requests/sec:\\s+([\\d.]+)", text);
        find("Transfer/sec:\\s+([\\d.]+)(\\w*B)", text);
        find("(?m)^\\s+50.000%\\s+([\\d.]+)(\\w+)", text);
        find("(?m)^\\s*100.000%\\s+([\\d.]+)(\\w+)", text);
        assertThat(text.indexOf("Transfer/sec")).isLessThan(text.indexOf("Latency Distribution"));
        assertThat(text).contains("kept    requests>1").contains("MISSED  max<1us");
        assertThat(text).contains("Rate: wanted 300.00/s").contains("Pacing: sent 50% within");
        assertThat(TextReport.result(outcome, true))
                .contains("Detailed Percentile spectrum")
                .contains("#[Mean");
    }

    private static Matcher find(String expression, String text) {
        Matcher matcher = Pattern.compile(expression).matcher(text);
        assertThat(matcher.find()).as(expression).isTrue();
        return matcher;
    }

    @Test
    void shouldWriteJson() {
        JsonObject json = JsonParser.parseString(JsonReport.of(outcome)).getAsJsonObject();

        assertThat(json.getAsJsonObject("plan").get("url").getAsString()).isEqualTo(outcome.plan.title);
        assertThat(json.getAsJsonObject("plan").get("requests").isJsonNull()).isTrue();
        assertThat(json.getAsJsonObject("result").get("requests").getAsLong()).isEqualTo(outcome.total.requests);
        assertThat(json.getAsJsonObject("result").get("requestsPerSecond").getAsDouble())
                .isPositive();
        assertThat(json.getAsJsonObject("latency")
                        .getAsJsonObject("percentiles")
                        .keySet())
                .contains("p50", "p99", "p99.9", "p100");
        assertThat(json.getAsJsonObject("latency").getAsJsonArray("spectrum").size())
                .isGreaterThan(5);
        assertThat(json.getAsJsonArray("thresholds")
                        .get(1)
                        .getAsJsonObject()
                        .get("kept")
                        .getAsBoolean())
                .isFalse();
        long inSeconds = 0;
        for (var second : json.getAsJsonArray("seconds")) {
            boolean isWarmup = second.getAsJsonObject().get("warmup").getAsBoolean();
            inSeconds += isWarmup ? 0 : second.getAsJsonObject().get("requests").getAsLong();
        }
        assertThat(inSeconds).isEqualTo(outcome.total.requests);
    }

    @Test
    void shouldWriteARowForEachSecond() {
        List<String> rows = CsvReport.of(outcome).lines().toList();

        assertThat(rows).hasSize(1 + outcome.seconds.size());
        int columns = rows.getFirst().split(",", -1).length;
        assertThat(rows).allMatch(row -> row.split(",", -1).length == columns);
    }

    @Test
    void shouldWriteWhatHdrHistogramsPlotterReads() {
        assertThat(TextReport.hgrm(outcome))
                .contains("Value     Percentile TotalCount 1/(1-Percentile)")
                .contains("#[Max");
    }

    @Test
    void shouldWriteALogThatSumsUpToTheWhole() throws Exception {
        Histogram latency = new Histogram(3);
        Histogram service = new Histogram(3);
        try (HistogramLogReader reader =
                new HistogramLogReader(folder.resolve("log").toFile())) {
            for (EncodableHistogram part = reader.nextIntervalHistogram();
                    part != null;
                    part = reader.nextIntervalHistogram()) {
                ("service".equals(part.getTag()) ? service : latency).add((Histogram) part);
            }
        }

        assertThat(latency.getTotalCount()).isEqualTo(outcome.answered());
        assertThat(service.getTotalCount()).isEqualTo(outcome.answered());
        assertThat(latency.getMaxValue()).isEqualTo(outcome.total.latency.getMaxValue());
    }

    @Test
    void shouldWriteAPageThatNeedsNothingElse() {
        String page = HtmlReport.of(outcome);

        assertThat(page).contains("uPlot").contains("Copyright").doesNotContain("{{");
        assertThat(page).doesNotContainPattern("(src|href)=[\"']?(https?:)?//");
        String data = page.substring(page.indexOf("application/json\">") + "application/json\">".length());
        JsonParser.parseString(data.substring(0, data.indexOf("</script>")));
    }

    @Test
    void shouldTellInPlainLinesHowFarItIs() {
        assertThat(progress.lines().toList()).isNotEmpty().allMatch(line -> line.contains("/s  p50 "));
        assertThat(progress).contains("(warm-up)").doesNotContain("\r");
    }

    @Test
    void shouldDrawABarOnATerminal() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Progress terminal = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);

        terminal.onStart(outcome);
        outcome.seconds.forEach(second -> terminal.onSecond(outcome, second, outcome.total));
        terminal.end();

        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text)
                .contains("[====================] 100%")
                .endsWith("\r\u001b[K")
                .doesNotContain("\n");
    }
}
