package dev.weir.bench.command;

import dev.weir.report.ReportFolder;
import dev.weir.report.data.DataFolder;
import dev.weir.report.data.Results;
import dev.weir.report.page.HtmlComparison;
import dev.weir.report.text.ComparisonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir report DATA} and {@code weir report --compare A B}. */
@Command(
        name = "report",
        description = "Draws a report again from its data, or shows two runs beside each other.",
        mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DATA",
            arity = "1..2",
            description = "A report's folder, its data folder, or its run.json.")
    private List<Path> folders = new ArrayList<>();

    @Option(names = "--compare", description = "Two runs, of two commits or two machines.")
    private boolean compare;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Where the page of a comparison goes. Default: ${DEFAULT-VALUE}.")
    private Path html = Path.of("compare.html");

    @Override
    public Integer call() {
        if (folders.size() != (compare ? 2 : 1)) {
            throw new ParameterException(
                    spec.commandLine(), compare ? "--compare takes two folders" : "one folder, or --compare and two");
        }
        try {
            return compare ? compare(folders.get(0), folders.get(1)) : render(folders.get(0));
        } catch (IOException e) {
            System.err.println("weir report: " + e.getMessage());
            return 1;
        }
    }

    private static int render(Path folder) throws IOException {
        System.out.println("report: " + new ReportFolder(DataFolder.at(folder)).render());
        return 0;
    }

    private int compare(Path first, Path second) throws IOException {
        Results one = DataFolder.at(first).read();
        Results other = DataFolder.at(second).read();
        System.out.println("A: " + first + "\nB: " + second + "\n");
        System.out.println(ComparisonText.of(one, other));
        Files.writeString(html, HtmlComparison.of(first.toString(), one, second.toString(), other));
        System.out.println("page: " + html.toAbsolutePath());
        return 0;
    }
}
