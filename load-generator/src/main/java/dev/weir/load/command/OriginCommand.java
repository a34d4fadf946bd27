package dev.weir.load.command;

import dev.weir.bridge.kernel.Signals;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.Transports;
import dev.weir.load.origin.Delays;
import dev.weir.load.origin.Origin;
import dev.weir.load.origin.OriginOptions;
import dev.weir.load.origin.Stall;
import dev.weir.load.plan.Amounts;
import dev.weir.load.plan.PlanException;
import dev.weir.load.plan.Targets;
import dev.weir.load.plan.Url;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir origin [options] URL...}: something to put load on. */
@Command(
        name = "origin",
        sortOptions = false,
        customSynopsis = "weir origin [options] URL...",
        usageHelpWidth = 120,
        description = {
            "A small fast server for measuring: the other side of what 'weir load' asks for.",
            "An HTTP path that is a size (/64, /16k, /1m) is answered with so many bytes."
        })
public final class OriginCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "URL",
            description =
                    "Where to listen and for what: http://127.0.0.1:8000, tcp://127.0.0.1:8001/echo, .../ask?bytes=64&answer=1k, .../sink, .../source, .../connect. Port 0 is any.")
    private List<String> urls;

    @Option(
            names = {"-t", "--threads"},
            paramLabel = "N",
            description = "Event loops, each a thread (1).")
    private int threads = 1;

    @Option(names = "--bytes", paramLabel = "SIZE", description = "Body of HTTP answers whose path names no size (13).")
    private String bytes = "13";

    @Option(names = "--status", paramLabel = "N", description = "Status of HTTP answers (200).")
    private int status = 200;

    @Option(
            names = "--delay",
            paramLabel = "TIMES",
            description = "Hold answers back: 5ms, or exact shares in mixed order: 90%%:1ms,9%%:10ms,1%%:100ms.")
    private String delay;

    @Option(
            names = "--stall",
            paramLabel = "TIME@AFTER[/EVERY]",
            description =
                    "Answer nothing for a time: 500ms@10s (10s after the first request), again and again with /30s.")
    private String stall;

    @Option(names = "--cpus", paramLabel = "LIST", description = "CPUs of the loops, such as 2,3: one each, in turn.")
    private String cpus;

    @Option(names = "--seed", paramLabel = "N", description = "Of the order of delays (1).")
    private long seed = 1;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    private boolean help;

    @Override
    public Integer call() throws InterruptedException {
        try (Origin origin = new Origin(options(), line -> System.err.println("weir origin: " + line))) {
            for (String url : urls) {
                serve(origin, url);
            }
            CountDownLatch end = new CountDownLatch(1);
            Signals.handle("INT", end::countDown);
            Signals.handle("TERM", end::countDown);
            end.await();
            return 0;
        } catch (TransportException e) {
            System.err.println("weir origin: " + e.getMessage());
            return 1;
        } catch (PlanException e) {
            throw new ParameterException(spec.commandLine(), "weir origin: " + e.getMessage());
        }
    }

    private static void serve(Origin origin, String text) throws TransportException {
        Url url = Url.parseToListen(text);
        Endpoint.Inet endpoint = (Endpoint.Inet) Targets.endpoint(url);
        int port = origin.serve(endpoint, Targets.tcpJob(url));
        System.out.println("listening for " + url.scheme() + " on " + new Endpoint.Inet(endpoint.address(), port)
                + (url.scheme().equals("tcp") ? url.target() : ""));
    }

    private OriginOptions options() {
        OriginOptions options = new OriginOptions();
        options.loops = threads;
        options.cpuMasks = cpus == null ? null : CpuList.masks(cpus, threads);
        options.transport = Transports.Choice.BEST;
        options.status = status;
        options.bodyBytes = (int) Math.min(1 << 30, Amounts.bytes(bytes));
        options.delays = delay == null ? Delays.none() : Delays.parse(delay, seed);
        options.stall = stall == null ? Stall.NEVER : Stall.parse(stall);
        return options;
    }
}
