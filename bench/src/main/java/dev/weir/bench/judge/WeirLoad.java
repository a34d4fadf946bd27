package dev.weir.bench.judge;

import dev.weir.bench.BenchFailure;
import dev.weir.bench.machine.CpuSet;
import dev.weir.bench.process.Child;
import dev.weir.bench.process.Children;
import dev.weir.bench.process.JavaCommand;
import dev.weir.report.data.Figure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Weir's own load generator, in a process that stays warm ({@link LoadAgent}). Open and closed loop, whole histograms. */
public final class WeirLoad implements Judge {
    private static final double NANOS_PER_MICRO = 1e3;
    /** Several, so that a new connection finds a free port even where old ones wait. */
    private static final String SOURCES = "127.0.0.1-127.0.0.8";

    private static final Map<Figure, Double> PERCENTILES = Map.of(
            Figure.P50, 50.0,
            Figure.P75, 75.0,
            Figure.P90, 90.0,
            Figure.P99, 99.0,
            Figure.P999, 99.9,
            Figure.P9999, 99.99);

    private final Children children;
    private final CpuSet cpus;
    private final Path folder;
    private final Child agent;
    private final PrintStream orders;
    private final BufferedReader answers;

    /** @param folder for bodies and lists of requests */
    public WeirLoad(Children children, CpuSet cpus, Path folder) throws IOException {
        this.children = children;
        this.cpus = cpus;
        this.folder = folder;
        agent = children.startTalking("load", cpus, JavaCommand.of(LoadAgent.class.getName(), List.of()));
        orders = new PrintStream(agent.process().getOutputStream(), true, StandardCharsets.UTF_8);
        answers = agent.process().inputReader(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return "weir";
    }

    @Override
    public String refusal(Workload workload) {
        return "";
    }

    @Override
    public LoadRun start(Workload workload, int port, double leadSeconds, double seconds)
            throws IOException, BenchFailure {
        List<String> words = commandLine(workload, port, leadSeconds, seconds);
        agent.checkAlive();
        orders.println(LoadAgent.RUN + LoadAgent.SEPARATOR + String.join(LoadAgent.SEPARATOR, words));
        String answer = await();
        if (!answer.equals(LoadAgent.BEGAN)) {
            throw new BenchFailure("no load on port " + port + ": " + answer.replace(LoadAgent.SEPARATOR, ": "));
        }
        return new Run(String.join(" ", words));
    }

    private List<String> commandLine(Workload workload, int port, double leadSeconds, double seconds)
            throws IOException {
        String target = "http://127.0.0.1:" + port;
        List<String> words = new ArrayList<>();
        words.addAll(List.of("-c", Integer.toString(workload.connections())));
        words.addAll(List.of("-t", Integer.toString(Math.clamp(cpus.size() / 2, 1, workload.connections()))));
        words.addAll(List.of("-w", millis(leadSeconds), "-d", millis(seconds), "--timeout", "10s"));
        if (workload.rate() > 0) {
            words.addAll(List.of("-R", String.format(Locale.ROOT, "%.0f", workload.rate())));
        }
        if (workload.depth() > 1) {
            words.addAll(List.of("--pipeline", Integer.toString(workload.depth())));
        }
        workload.fields().forEach(field -> words.addAll(List.of("-H", field)));
        switch (workload.kind()) {
            case EXCHANGE -> words.add(target + workload.path());
            case RECONNECT -> words.addAll(List.of("--no-keepalive", "--source", SOURCES, target + workload.path()));
            case UPLOAD -> words.addAll(List.of("--body-file", body().toString(), target + Workload.UPLOAD_PATH));
            case BOTH_WAYS ->
                words.addAll(List.of("-i", requests(target, workload).toString()));
        }
        return words;
    }

    private static String millis(double seconds) {
        return Math.round(seconds * 1000) + "ms";
    }

    private Path body() throws IOException {
        Path file = folder.resolve("upload");
        if (!Files.exists(file)) {
            Files.write(file, "x".repeat(Workload.UPLOAD_BYTES).getBytes(StandardCharsets.US_ASCII));
        }
        return file;
    }

    private Path requests(String target, Workload workload) throws IOException {
        return Files.writeString(
                folder.resolve("requests"),
                "GET %s%s\n\nPOST %s%s\n@%s\n"
                        .formatted(target, workload.path(), target, Workload.UPLOAD_PATH, body()));
    }

    /** The next answer of the agent. */
    private String await() throws IOException, BenchFailure {
        String line = answers.readLine();
        if (line == null) {
            agent.checkAlive();
            throw new BenchFailure("the load generator has ended" + agent.lastLines());
        }
        return line;
    }

    @Override
    public void close() {
        orders.close(); // the agent ends with its input
        children.stop(agent);
    }

    private final class Run implements LoadRun {
        private final String words;

        Run(String words) {
            this.words = words;
        }

        @Override
        public String commandLine() {
            return "taskset -c " + cpus + " ./weir load " + words;
        }

        @Override
        public void checkRunning() throws BenchFailure {
            agent.checkAlive();
        }

        @Override
        public Judgement finish() throws IOException, BenchFailure {
            String[] answer = await().split(LoadAgent.SEPARATOR, -1);
            if (!answer[0].equals(LoadAgent.DONE)) {
                throw new BenchFailure("the load failed: " + answer[1]);
            }
            Histogram histogram = decode(answer[2]);
            return new Judgement(latencies(histogram), histogram, answer[1]);
        }

        @Override
        public void stop() throws IOException, BenchFailure {
            orders.println(LoadAgent.STOP);
            await();
        }
    }

    private static Histogram decode(String text) throws IOException {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (DataFormatException e) {
            throw new IOException("the load generator's histogram cannot be read", e);
        }
    }

    private static EnumMap<Figure, Double> latencies(Histogram histogram) {
        EnumMap<Figure, Double> all = new EnumMap<>(Figure.class);
        if (histogram.getTotalCount() == 0) {
            return all;
        }
        PERCENTILES.forEach(
                (figure, percentile) -> all.put(figure, histogram.getValueAtPercentile(percentile) / NANOS_PER_MICRO));
        all.put(Figure.MEAN, histogram.getMean() / NANOS_PER_MICRO);
        all.put(Figure.MAX, histogram.getMaxValue() / NANOS_PER_MICRO);
        return all;
    }
}
