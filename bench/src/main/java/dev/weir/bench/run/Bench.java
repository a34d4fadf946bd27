package dev.weir.bench.run;

import dev.weir.bench.BenchFailure;
import dev.weir.bench.judge.Judge;
import dev.weir.bench.judge.Workload;
import dev.weir.bench.process.Children;
import dev.weir.bench.product.Installed;
import dev.weir.bench.scenario.Probe;
import dev.weir.bench.scenario.Scenario;
import dev.weir.report.data.DataFolder;
import dev.weir.report.data.Results;
import dev.weir.report.data.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A whole run: each placement, each scenario, each point. Results are written after every point. */
public final class Bench {
    /** Opens the load generator for a placement. */
    public interface JudgeOpener {
        Judge open(Placement placement) throws IOException, BenchFailure;
    }

    private static final int JUDGE_CONNECTIONS = 64;

    private final Settings settings;
    private final List<Installed> installed;
    private final JudgeOpener judges;
    private final Children children;
    private final Console console;
    private final DataFolder folder;
    private final Path work;
    private Results results;
    private Judge warmJudge;

    /**
     * @param installed the products that are there
     * @param results what the folder holds already
     * @param work for files that nobody keeps
     */
    public Bench(
            Settings settings,
            List<Installed> installed,
            JudgeOpener judges,
            Children children,
            Console console,
            DataFolder folder,
            Results results,
            Path work) {
        this.settings = settings;
        this.installed = installed;
        this.judges = judges;
        this.children = children;
        this.console = console;
        this.folder = folder;
        this.results = results;
        this.work = work;
    }

    /** @return all that the folder holds now */
    public Results run() throws IOException, BenchFailure {
        Stage.checkPorts(settings, installed);
        for (Placement placement : settings.placements()) {
            try (Judge judge = judges.open(placement)) {
                for (Scenario scenario : settings.scenarios()) {
                    run(placement, scenario, judge);
                }
            }
        }
        return results;
    }

    private void run(Placement placement, Scenario scenario, Judge judge) throws IOException, BenchFailure {
        String refusal = refusal(scenario, judge);
        if (!refusal.isEmpty()) {
            console.line("note: " + scenario.name() + " is left out: " + refusal);
            return;
        }
        console.line(scenario.name() + ": " + scenario.title() + ", " + placement.text());
        try (Stage stage = new Stage(settings, placement, scenario, children, work, folder.file("configurations"))) {
            warmUpOnce(judge, stage);
            LineUp lineUp = LineUp.of(scenario, stage, settings, installed);
            lineUp.notes().forEach((name, note) -> console.line("note: " + name + " takes no part: " + note));
            SystemCalls calls = settings.countsSystemCalls() ? systemCalls(stage, judge) : null;
            ScenarioRun run = new ScenarioRun(settings, scenario, stage, lineUp, judge, console, calls);
            for (int point : settings.pointsOf(scenario)) {
                measure(run, scenario, placement, point);
            }
        }
    }

    /** A load generator that compiles itself meanwhile would be measured, too. */
    private void warmUpOnce(Judge judge, Stage stage) throws IOException, BenchFailure {
        if (judge != warmJudge) {
            warmJudge = judge;
            console.status("warming up origin and load generator");
            Workload workload = Workload.exchange("/64", JUDGE_CONNECTIONS);
            new TrafficMeter(settings, stage, judge).warmUp(stage.direct(), workload, false);
        }
    }

    private void measure(ScenarioRun run, Scenario scenario, Placement placement, int point)
            throws IOException, BenchFailure {
        String name = scenario.name() + "-" + placement.name() + "-" + point + ".hlog";
        Path file = Files.createDirectories(folder.file("histograms")).resolve(name);
        Series series;
        try (Histograms histograms = new Histograms(file)) {
            series = run.measure(point, histograms);
        }
        results = results.with(series);
        folder.write(results);
        console.table(series);
    }

    /** Why the judge cannot do it; empty if it can. */
    private static String refusal(Scenario scenario, Judge judge) {
        return switch (scenario.probe()) {
            case Probe.Traffic probe ->
                judge.refusal(probe.workload().apply(scenario.points().getFirst()));
            case Probe.Latency probe -> judge.refusal(probe.saturating().withRate(1));
            case Probe.Start probe -> judge.refusal(probe.workload());
            case Probe.Idle idle -> "";
        };
    }

    private SystemCalls systemCalls(Stage stage, Judge judge) throws IOException {
        SystemCalls calls = new SystemCalls(stage, judge, children);
        if (calls.refusal().isEmpty()) {
            return calls;
        }
        console.line("note: " + calls.refusal());
        return null;
    }
}
