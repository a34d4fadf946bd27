package dev.weir.load.command;

import dev.weir.load.report.CsvReport;
import dev.weir.load.report.HtmlReport;
import dev.weir.load.report.JsonReport;
import dev.weir.load.report.TextReport;
import dev.weir.load.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what was asked for besides the text. */
final class ReportFiles {
    static final String STANDARD_OUTPUT = "-";

    private ReportFiles() {}

    static void write(LoadOptions options, Outcome outcome) throws IOException {
        if (options.json != null && !options.json.equals(STANDARD_OUTPUT)) {
            Files.writeString(Path.of(options.json), JsonReport.of(outcome));
        }
        if (options.csv != null) {
            Files.writeString(options.csv, CsvReport.of(outcome));
        }
        if (options.html != null) {
            Files.writeString(options.html, HtmlReport.of(outcome));
        }
        if (options.hgrm != null) {
            Files.writeString(options.hgrm, TextReport.hgrm(outcome));
        }
    }
}
