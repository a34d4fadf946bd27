package dev.weir.bench.run;

import dev.weir.bench.BenchFailure;
import dev.weir.bench.judge.Judge;
import dev.weir.bench.judge.WeirLoad;
import dev.weir.bench.judge.Wrk;
import dev.weir.bench.machine.CongestionControl;
import dev.weir.bench.machine.CpuSet;
import dev.weir.bench.machine.EnvironmentProbe;
import dev.weir.bench.process.Children;
import dev.weir.bench.product.Executables;
import dev.weir.bench.product.Installed;
import dev.weir.bench.product.Product;
import dev.weir.bench.product.Products;
import dev.weir.report.ReportFolder;
import dev.weir.report.data.DataFolder;
import dev.weir.report.data.Environment;
import dev.weir.report.data.Invocation;
import dev.weir.report.data.Results;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** One call of {@code ./weir bench}: looks around, measures, writes the report. */
public final class Session {
    private static final int FAILED = 1;
    private static final String WRK = "wrk";

    private final Settings settings;
    private final String commandLine;
    private final DataFolder folder;
    private final Console console = new Console(System.out);
    private final Instant startedAt = Instant.now();
    private boolean hasBegun;

    /**
     * @param into the report's folder, or null for a new one
     * @param commandLine as typed, for the record
     */
    public Session(Settings settings, Path into, String commandLine) {
        this.settings = settings;
        this.commandLine = commandLine;
        Path report = into != null ? into : settings.root().resolve("perf-reports/local/" + stamp());
        this.folder = new DataFolder(report.resolve("data"));
    }

    private static String stamp() {
        return DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now());
    }

    /** @return the exit status */
    public int run() throws IOException {
        try (Children children = new Children(); // closed last: an interrupted run waits for that
                CongestionControl congestion = new CongestionControl()) {
            if (!congestion.complaint().isEmpty()) {
                console.line("note: " + congestion.complaint());
            }
            return measure(children, children.folder());
        }
    }

    private int measure(Children children, Path work) throws IOException {
        try {
            Results before = begin();
            List<Installed> installed = installed();
            Results results = before.withProducts(describe(installed));
            console.line(plan(installed));
            hasBegun = true;
            new Bench(
                            settings,
                            installed,
                            placement -> judge(placement, children, work),
                            children,
                            console,
                            folder,
                            results,
                            work)
                    .run();
            return 0;
        } catch (BenchFailure e) {
            if (!children.isStopping()) {
                System.err.println("weir bench: " + e.getMessage());
            }
            return FAILED;
        } catch (IOException | UncheckedIOException e) {
            if (!children.isStopping()) {
                throw e;
            }
            return FAILED;
        } finally {
            finish(children.isStopping());
        }
    }

    /** What the folder holds, if it is of the same machine and commit. */
    private Results begin() throws IOException, BenchFailure {
        Environment environment = EnvironmentProbe.look(settings.root(), CpuSet.allowed());
        if (environment.ioUring().startsWith("not available")) {
            console.line("note: io_uring is " + environment.ioUring() + "; Weir and the load generator use NIO");
        }
        if (!folder.hasResults()) {
            return Results.of(environment, List.of());
        }
        Results before = folder.read();
        if (!before.environment().isSameAs(environment)) {
            throw new BenchFailure(folder.path() + " holds figures of another machine, kernel, JDK or commit ("
                    + before.environment().commit() + ", now " + environment.commit() + "): choose another folder");
        }
        return before;
    }

    private List<Installed> installed() throws BenchFailure {
        List<Installed> found = new ArrayList<>();
        for (Product product : Products.all(settings.root())) {
            if (settings.includes(product.name())) {
                Installed one = find(product);
                if (one != null) {
                    found.add(one);
                } else {
                    console.line("note: " + product.name() + " is not there: " + product.advice());
                }
            }
        }
        if (found.isEmpty()) {
            throw new BenchFailure("nothing to measure");
        }
        return found;
    }

    /** What is about to happen. */
    private String plan(List<Installed> installed) {
        List<String> names = new ArrayList<>();
        if (settings.includes(Product.DIRECT)) {
            names.add(Product.DIRECT);
        }
        installed.forEach(one -> names.add(one.name() + " " + one.version()));
        return String.join(", ", names) + ": " + count(settings.scenarios().size(), "scenario") + ", "
                + count(settings.rounds(), "round") + " each" + (settings.isQuick() ? ", within 3 minutes" : "")
                + "; Ctrl-C ends it and keeps what is done.\nCells are medians over the rounds; a ratio (\"/ ...\") is"
                + " taken within a round, with its range in brackets.\n";
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private Installed find(Product product) throws BenchFailure {
        try {
            return product.find(settings.executables().get(product.name()));
        } catch (IOException e) {
            throw new BenchFailure(product.name() + ": " + e.getMessage());
        }
    }

    private List<dev.weir.report.data.Product> describe(List<Installed> installed) {
        List<dev.weir.report.data.Product> all = new ArrayList<>();
        for (Product product : Products.all(settings.root())) {
            all.add(installed.stream()
                    .filter(one -> one.name().equals(product.name()))
                    .findFirst()
                    .map(one -> new dev.weir.report.data.Product(
                            one.name(), one.version(), one.executable().toString(), ""))
                    .orElseGet(() -> new dev.weir.report.data.Product(
                            product.name(),
                            "",
                            "",
                            settings.includes(product.name()) ? "not there: " + product.advice() : "not asked for")));
        }
        return all;
    }

    private Judge judge(Placement placement, Children children, Path work) throws IOException, BenchFailure {
        if (!settings.judge().equals(WRK)) {
            return new WeirLoad(children, placement.load(), work);
        }
        Path wrk = Executables.find(WRK);
        if (wrk == null) {
            throw new BenchFailure("wrk is not installed: apt-get install wrk, or take the judge 'weir'");
        }
        return new Wrk(wrk, children, placement.load(), work);
    }

    /** Draws what there is, also after a failure or an interruption. Somebody else's folder stays as it is. */
    private void finish(boolean isInterrupted) throws IOException {
        if (isInterrupted) {
            console.line(
                    "interrupted" + (hasBegun && folder.hasResults() ? ": the report has what was done by then" : ""));
        }
        if (!hasBegun || !folder.hasResults()) {
            return;
        }
        long seconds = startedAt.until(Instant.now(), ChronoUnit.SECONDS);
        String at = startedAt.truncatedTo(ChronoUnit.SECONDS).toString();
        folder.write(folder.read().with(new Invocation(commandLine, at, seconds)));
        console.line(
                "%d min %d s; report: %s".formatted(seconds / 60, seconds % 60, new ReportFolder(folder).render()));
    }
}
