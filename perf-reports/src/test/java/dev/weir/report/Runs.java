package dev.weir.report;

import dev.weir.report.data.Environment;
import dev.weir.report.data.Figure;
import dev.weir.report.data.Invocation;
import dev.weir.report.data.Product;
import dev.weir.report.data.Results;
import dev.weir.report.data.Round;
import dev.weir.report.data.Sample;
import dev.weir.report.data.Series;
import dev.weir.report.data.WarmUp;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Made-up runs. */
public final class Runs {
    private Runs() {}

    public static Environment environment(String commit) {
        return new Environment(
                "A <fast> CPU",
                2,
                24000,
                "6.18.0 #1 SMP",
                "none",
                "performance",
                Map.of("spectre_v2", "Mitigation: Retpolines"),
                Map.of("net.core.somaxconn", "4096"),
                "io_uring (deferred completions)",
                "25.0.3+9",
                commit);
    }

    /** One series, with these CPU figures per round for haproxy and weir. */
    public static Series series(double connections, List<Double> haproxy, List<Double> weir) {
        List<Round> rounds = new java.util.ArrayList<>();
        for (int i = 0; i < haproxy.size(); i++) {
            Map<String, Sample> samples = new LinkedHashMap<>();
            samples.put("direct", sample(Map.of(Figure.REQUEST_RATE, 60_000.0, Figure.MACHINE_CPU_PER_REQUEST, 16.0)));
            samples.put("haproxy", proxy(haproxy.get(i)));
            samples.put("weir", proxy(weir.get(i)));
            rounds.add(new Round(i + 1, true, 0.5, 1.25, List.copyOf(samples.keySet()), samples));
        }
        return new Series(
                "l4-64b",
                "L4: request and answer, 64 bytes",
                "What does it cost?",
                "one-cpu",
                "everything on CPU 0",
                "connections",
                connections,
                Map.of("haproxy", "taskset -c 0 haproxy -f <file>"),
                Map.of("nginx", "no stream module"),
                Map.of("haproxy", new WarmUp(List.of(1.0, 2.0), false)),
                rounds);
    }

    private static Sample proxy(double cpu) {
        return sample(Map.of(
                Figure.REQUEST_RATE,
                1e6 / cpu / 3,
                Figure.PROXY_CPU_PER_REQUEST,
                cpu,
                Figure.MACHINE_CPU_PER_REQUEST,
                cpu * 3,
                Figure.P50,
                900.0,
                Figure.P99,
                cpu * 200));
    }

    public static Sample sample(Map<Figure, Double> figures) {
        return new Sample(new EnumMap<>(figures), "");
    }

    public static Results results(String commit, Series... series) {
        Results results = Results.of(
                environment(commit),
                List.of(
                        new Product("haproxy", "3.2.26", "/usr/sbin/haproxy", ""),
                        new Product("nginx", "", "", "not there: install it"),
                        new Product("weir", "0.1.0", "/weir", "")));
        for (Series one : series) {
            results = results.with(one);
        }
        return results.with(new Invocation("./weir bench l4-64b --into /somewhere", "2026-11-26T04:00:00Z", 120));
    }
}
