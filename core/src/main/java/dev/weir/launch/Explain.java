package dev.weir.launch;

import dev.weir.cli.explain.Explainer;
import dev.weir.cli.explain.Explanation;
import dev.weir.cli.explain.ExplanationJson;
import dev.weir.cli.explain.ExplanationText;
import dev.weir.cli.explain.MadeUpRequest;
import dev.weir.cli.explain.Sketch;
import dev.weir.clock.Clock;
import dev.weir.config.compile.RuleTexts;
import dev.weir.config.compile.Services;
import dev.weir.config.compile.SnapshotCompiler;
import dev.weir.config.model.Problems;
import dev.weir.log.LogWriter;
import dev.weir.proxy.FrontendState;
import dev.weir.proxy.ProxyProcess;
import dev.weir.proxy.Snapshot;
import dev.weir.sample.pattern.PatternLists;
import dev.weir.server.ServerEnvironment;
import dev.weir.server.ServerPools;
import dev.weir.stick.StickTables;
import dev.weir.stream.VariableNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code weir explain -f FILE REQUEST}: what a configuration would do with a request, without a running proxy. */
final class Explain {
    private static final int FAILED = 1;
    private static final int LOOPS = 1;

    private Explain() {}

    /** The exit code: 0 if there is an explanation, 1 if the request or the configuration is wrong. */
    static int run(List<String> arguments) {
        List<String> files = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("-f") && i + 1 < arguments.size()) {
                files.add(arguments.get(++i));
            } else {
                words.add(arguments.get(i));
            }
        }
        if (words.contains("--help") || words.contains("-h")) {
            print("Usage : weir explain -f <file or folder> [-f ...] " + MadeUpRequest.USAGE + "\n");
            return 0;
        }
        if (files.isEmpty()) {
            return wrong("no configuration: give -f <file>");
        }
        try {
            return explain(files, MadeUpRequest.parse(words));
        } catch (MadeUpRequest.Mistake mistake) {
            return wrong(mistake.getMessage());
        }
    }

    private static int wrong(String message) {
        System.err.print("weir explain: " + message + "\n");
        return FAILED;
    }

    private static void print(CharSequence text) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }

    private static int explain(List<String> files, MadeUpRequest request) throws MadeUpRequest.Mistake {
        CommandLine commandLine = new CommandLine();
        commandLine.files.addAll(files);
        StartupMessages messages = new StartupMessages(false, false);
        Problems problems = new Problems();
        ConfigurationLoader.Loaded loaded = ConfigurationLoader.load(commandLine, problems);
        Sketch sketch = problems.isFatal() ? null : sketch(loaded, problems);
        if (sketch == null || problems.isFatal()) {
            messages.show(problems);
            ConfigurationCheck.isRefused(commandLine, loaded.configuration(), problems, messages);
            return FAILED;
        }
        try (sketch) {
            Explanation explanation = Explainer.explain(sketch, request);
            StringBuilder out = new StringBuilder();
            if (request.isJson()) {
                ExplanationJson.write(explanation, out);
            } else {
                ExplanationText.write(explanation, out);
            }
            print(out);
            return 0;
        }
    }

    /** All servers are as they would be at the start, all tables empty. */
    private static Sketch sketch(ConfigurationLoader.Loaded loaded, Problems problems) {
        ProxyProcess process = new ProxyProcess(Clock.SYSTEM, LOOPS, HostName.read());
        var environment =
                new ServerEnvironment(Clock.SYSTEM, (delayNs, task) -> {}, (backend, level, text) -> {}, LOOPS);
        ServerPools pools = new ServerPools(environment);
        pools.apply(SnapshotCompiler.pools(loaded.configuration(), loaded.resolver(), 0));
        process.pools(pools);
        LogWriter log = new LogWriter();
        Snapshot snapshot = new SnapshotCompiler(
                        loaded.configuration(),
                        loaded.environment(),
                        loaded.resolver(),
                        problems,
                        process,
                        pools,
                        log,
                        new VariableNames(),
                        new PatternLists(),
                        new StickTables(Clock.SYSTEM).trial(SnapshotCompiler.tables(loaded.configuration())),
                        Services.TRIAL,
                        name -> new FrontendState(LOOPS),
                        0)
                .compile();
        RuleTexts texts = new RuleTexts(loaded.configuration());
        return new Sketch(snapshot, Sketch.process(process, snapshot.frontends()::get), texts::of, log::close);
    }
}
