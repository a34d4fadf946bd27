package dev.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.report.data.DataFolder;
import dev.weir.report.data.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeData() throws IOException {
        DataFolder data = new DataFolder(folder.resolve("data"));
        data.write(Runs.results(
                "abc",
                Runs.series(1, List.of(12.0, 13.0, 14.0), List.of(12.5, 13.5, 13.0)),
                Runs.series(64, List.of(10.0, 11.0, 12.0), List.of(8.0, 8.4, 9.0))));
        Files.writeString(folder.resolve("introduction.md"), "What we **found**:\n\n- nothing <new>\n- `much`\n");
    }

    @Test
    void shouldWriteAPageThatFetchesNothing() throws IOException {
        String page = Files.readString(new ReportFolder(DataFolder.at(folder)).render());

        assertThat(page).contains("var uPlot").contains("id=\"charts\"").endsWith("</html>\n");
        assertThat(page).doesNotContainPattern("(src|href)=\"(http|//)");
        assertThat(page).doesNotContain("@import");
    }

    @Test
    void shouldSayTheSameInThePageAndInTheText() throws IOException {
        String page = Files.readString(new ReportFolder(DataFolder.at(folder)).render());
        String text = Files.readString(folder.resolve("report.md"));

        for (String figure :
                List.of("8.40 (8.00–9.00)", "0.76 (0.75–0.80)", "no stream module", "direct", "not steady")) {
            assertThat(page).contains(figure);
            assertThat(text).contains(figure);
        }
        assertThat(page)
                .contains("<b>found</b>")
                .contains("<li>nothing &lt;new&gt;</li>")
                .contains("A &lt;fast&gt; CPU");
    }

    @Test
    void shouldMarkWinnersAndLosersButNotWhatIsNotShown() throws IOException {
        String page = Files.readString(new ReportFolder(DataFolder.at(folder)).render());

        assertThat(page).contains("<td class=\"better\">0.76 (0.75–0.80)</td>");
        assertThat(page).contains("<td>1.04 (0.93–1.04)</td>");
    }

    @Test
    void shouldCallNobodyAWinnerAfterOneRound() throws IOException {
        DataFolder data = new DataFolder(folder.resolve("quick/data"));
        data.write(Runs.results("abc", Runs.series(64, List.of(12.0), List.of(8.0))));

        String page = Files.readString(new ReportFolder(data).render());

        assertThat(page).contains("<td>0.67 (0.67–0.67)</td>").doesNotContain("<td class=");
    }

    @Test
    void shouldSayThatThereIsNothingToCompare() throws IOException {
        Series alone = Runs.series(64, List.of(12.0), List.of(8.0));
        alone.rounds().forEach(round -> round.samples().remove("weir"));
        DataFolder data = new DataFolder(folder.resolve("alone/data"));
        data.write(Runs.results("abc", alone));

        String page = Files.readString(new ReportFolder(data).render());

        assertThat(page).contains("nothing to compare");
        assertThat(folder.resolve("alone/report.md")).content().contains("nothing to compare");
    }

    @Test
    void shouldWriteAScriptThatMeasuresIntoAFolderOfItsOwn() throws IOException {
        new ReportFolder(DataFolder.at(folder)).render();

        Path script = folder.resolve("reproduce.sh");
        assertThat(script).isExecutable();
        assertThat(Files.readString(script))
                .contains("./weir bench l4-64b --into \"$into\"")
                .doesNotContain("/somewhere")
                .contains("--compare \"$here\" \"$into\"");
    }

    @Test
    void shouldDrawLatenciesFromHistograms() throws IOException {
        writeHistogram(folder.resolve("data/histograms/l4-64b-one-cpu-64.hlog"));
        String run = Files.readString(folder.resolve("data/run.json"));
        Files.writeString(
                folder.resolve("data/run.json"),
                run.replaceFirst("(?s)(\"value\": 64.0.*?\"weir\".*?\"histogram\": )\"\"", "$1\"weir.1\""));

        String page = Files.readString(new ReportFolder(DataFolder.at(folder)).render());

        assertThat(page).contains("Latency by percentile, 64 connections").contains("PERCENTILES");
    }

    private static void writeHistogram(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Histogram histogram = new Histogram(3);
        for (int i = 1; i <= 100_000; i++) {
            histogram.recordValue(i * 1000L);
        }
        histogram.setTag("weir.1");
        HistogramLogWriter writer = new HistogramLogWriter(file.toFile());
        writer.outputLogFormatVersion();
        writer.outputIntervalHistogram(histogram);
        writer.close();
    }

    /** The reports that are committed: what is drawn from their data today is what is there. */
    @TestFactory
    Stream<DynamicTest> shouldDrawCommittedReportsAgain() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("."))) {
            List<Path> reports =
                    folders.filter(one -> DataFolder.at(one).hasResults()).toList();
            return reports.stream().map(report -> DynamicTest.dynamicTest(report.toString(), () -> drawAgain(report)));
        }
    }

    private void drawAgain(Path report) throws IOException {
        Path copy = Files.createDirectory(folder.resolve("again-" + report.getFileName()));
        try (Stream<Path> files = Files.walk(report)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(report.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }

        new ReportFolder(DataFolder.at(copy)).render();

        assertThat(copy.resolve("report.md")).hasSameTextualContentAs(report.resolve("report.md"));
        assertThat(copy.resolve("report.html")).hasSameTextualContentAs(report.resolve("report.html"));
    }
}
