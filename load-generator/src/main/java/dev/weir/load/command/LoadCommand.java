package dev.weir.load.command;

import dev.weir.bridge.kernel.Signals;
import dev.weir.load.plan.Plan;
import dev.weir.load.plan.PlanException;
import dev.weir.load.report.HdrLog;
import dev.weir.load.report.JsonReport;
import dev.weir.load.report.Progress;
import dev.weir.load.report.TextReport;
import dev.weir.load.run.Outcome;
import dev.weir.load.run.Run;
import dev.weir.load.run.RunObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir load [options] URL...}. */
@Command(
        name = "load",
        sortOptions = false,
        customSynopsis = {"weir load [options] URL...", "weir load              measures this machine against itself"},
        usageHelpWidth = 120,
        description = "Puts load on HTTP and TCP servers and measures how they answer.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:no request was answered as expected, or there was no run at all",
            "2:wrong usage",
            "99:a threshold was missed",
            "130:interrupted; what was measured is printed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir load -c 64 -d 30s http://127.0.0.1:8080/             as fast as it goes",
            "  weir load -R 5000 -c 64 -d 60s http://127.0.0.1:8080/     5000 requests per second, come what may",
            "  weir load -R 1k..20k -d 60s --html report.html URL        a ramp, and a page about it",
            "  weir load -R 2k --threshold 'p99<5ms' --threshold 'errors==0' URL   for CI",
            "  weir load --no-keepalive --close reset URL                connections per second"
        })
public final class LoadCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final double TRAINING_SCALE = 0.1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private LoadOptions options;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    private boolean help;

    @Option(names = "--train", hidden = true, description = "The same in short, for the build's AOT cache.")
    private boolean train;

    @Override
    public Integer call() {
        if (options.urls.isEmpty() && options.requestsFile == null) {
            return canonical();
        }
        Plan plan = plan();
        try (Observation observation = new Observation()) {
            if (!isJsonOnOutput()) {
                print(TextReport.opening(plan));
            }
            if (plan.warmupNs > 0 && !options.noPriming) {
                Priming.prime(plan, LoadCommand::log);
            }
            Run run = new Run(plan, observation.observers(), LoadCommand::log);
            stopOnSignals(run);
            Outcome outcome = run.execute();
            observation.progress.end();
            report(outcome);
            return outcome.exitStatus();
        } catch (IOException e) {
            System.err.println("weir load: cannot write " + e.getMessage());
            return 1;
        }
    }

    private int canonical() {
        boolean hasOptions = spec.commandLine().getParseResult().matchedOptions().stream()
                .anyMatch(option -> option.userObject() instanceof java.lang.reflect.Field field
                        && field.getDeclaringClass() == LoadOptions.class);
        if (hasOptions) {
            throw new ParameterException(
                    spec.commandLine(), "weir load: where to? Give a URL, or a file of requests (-i)");
        }
        Progress progress = new Progress(System.err, Progress.isErrorTerminal());
        double scale = train ? TRAINING_SCALE : 1;
        int status = new CanonicalLoad(progress, LoadCommand::stopOnSignals, LoadCommand::log, scale).run(text -> {
            progress.end();
            print(text);
        });
        progress.end();
        return status;
    }

    /**
     * What a command line means, for programs that run plans themselves.
     *
     * @throws PlanException if it cannot be
     * @throws ParameterException if it is none
     */
    public static Plan plan(String... words) {
        LoadCommand command = new LoadCommand();
        new CommandLine(command).parseArgs(words);
        return PlanMaker.plan(command.options);
    }

    private Plan plan() {
        try {
            return PlanMaker.plan(options);
        } catch (PlanException e) {
            throw new ParameterException(spec.commandLine(), "weir load: " + e.getMessage());
        }
    }

    /** Who looks on, and what has to be closed afterwards. */
    private final class Observation implements AutoCloseable {
        private final Progress progress = new Progress(System.err, Progress.isErrorTerminal());
        private final HdrLog hdrLog;

        Observation() throws IOException {
            hdrLog = options.hdrLog == null ? null : new HdrLog(options.hdrLog);
        }

        RunObserver observers() {
            List<RunObserver> all = new ArrayList<>();
            if (!options.noProgress) {
                all.add(progress);
            }
            if (hdrLog != null) {
                all.add(hdrLog);
            }
            return new Observers(all);
        }

        @Override
        public void close() {
            if (hdrLog != null) {
                hdrLog.close();
            }
        }
    }

    /** Ctrl-C ends the run and lets the result be printed; a second one ends the program. */
    private static void stopOnSignals(Run run) {
        boolean[] again = new boolean[1];
        Runnable stop = () -> {
            if (again[0]) {
                Runtime.getRuntime().halt(INTERRUPTED);
            }
            again[0] = true;
            run.interrupt();
        };
        Signals.handle("INT", stop);
        Signals.handle("TERM", stop);
    }

    private static void log(String line) {
        System.err.println("weir load: " + line);
    }

    private boolean isJsonOnOutput() {
        return ReportFiles.STANDARD_OUTPUT.equals(options.json);
    }

    private void report(Outcome outcome) throws IOException {
        if (outcome.problem != null) {
            log(outcome.problem);
            return;
        }
        print(isJsonOnOutput() ? JsonReport.of(outcome) : TextReport.result(outcome, options.wholeSpectrum));
        ReportFiles.write(options, outcome);
    }

    private static void print(String text) {
        System.out.print(text);
        System.out.flush();
    }
}
