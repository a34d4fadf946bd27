package dev.weir.report;

import dev.weir.report.data.DataFolder;
import dev.weir.report.data.Results;
import dev.weir.report.page.HtmlReport;
import dev.weir.report.text.MarkdownReport;
import dev.weir.report.text.ReproduceScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of one report: draws everything in it anew from its data, and from {@code introduction.md}, where a person says what the figures mean. */
public final class ReportFolder {
    private static final String INTRODUCTION = "introduction.md";

    private final DataFolder data;
    private final Path folder;

    public ReportFolder(DataFolder data) {
        this.data = data;
        this.folder = data.reportFolder();
    }

    /** @return the page */
    public Path render() throws IOException {
        Results results = data.read();
        Path written = folder.resolve(INTRODUCTION);
        String introduction = Files.exists(written) ? Files.readString(written) : "";
        Files.writeString(folder.resolve("report.md"), new MarkdownReport(results, introduction).render());
        Path script = folder.resolve("reproduce.sh");
        Files.writeString(script, ReproduceScript.of(results));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
        Path page = folder.resolve("report.html");
        Files.writeString(page, new HtmlReport(results, introduction, data).render());
        return page;
    }
}
