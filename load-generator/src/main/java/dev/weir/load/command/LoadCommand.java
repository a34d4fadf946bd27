package dev.weir.load.command;

import dev.weir.load.plan.Plan;
import dev.weir.load.plan.PlanException;
import dev.weir.load.report.TextReport;
import dev.weir.load.run.Outcome;
import dev.weir.load.run.Run;
import dev.weir.load.run.RunObserver;
import dev.weir.load.run.Second;
import dev.weir.load.run.Tally;
import java.util.concurrent.Callable;
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
        usageHelpWidth = 120,
        description = "Puts load on HTTP and TCP servers and measures how they answer.")
public final class LoadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LoadOptions options;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    private boolean help;

    @Override
    public Integer call() {
        Plan plan = plan();
        System.out.print(TextReport.opening(plan));
        System.out.flush();
        Run run = new Run(
                plan,
                new RunObserver() {
                    @Override
                    public void onStart(Outcome outcome) {}

                    @Override
                    public void onSecond(Outcome outcome, Second second, Tally tally) {}
                },
                System.err::println);
        Outcome outcome = run.execute();
        if (outcome.problem != null) {
            System.err.println("weir load: " + outcome.problem);
        } else {
            System.out.print(TextReport.result(outcome, options.wholeSpectrum));
        }
        return outcome.exitStatus();
    }

    private Plan plan() {
        try {
            return PlanMaker.plan(options);
        } catch (PlanException e) {
            throw new ParameterException(spec.commandLine(), "weir load: " + e.getMessage());
        }
    }
}
