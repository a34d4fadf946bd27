package dev.weir.bench.run;

import dev.weir.bench.BenchFailure;
import dev.weir.bench.product.Installed;
import dev.weir.bench.product.Product;
import dev.weir.bench.scenario.Probe;
import dev.weir.bench.scenario.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who takes part in a scenario: the direct line, and each product that starts and serves the same bytes. */
final class LineUp {
    private static final List<String> CHECKED_PATHS = List.of("/64", "/1k", "/16k", "/10m");

    private final List<String> names = new ArrayList<>();
    private final Map<String, Installed> installed = new LinkedHashMap<>();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final Map<String, String> digests = new LinkedHashMap<>();

    private LineUp() {}

    /** Starts each product; one that cannot take part gets a note. Products run on only if the scenario wants that. */
    static LineUp of(Scenario scenario, Stage stage, Settings settings, List<Installed> products)
            throws IOException, BenchFailure {
        LineUp lineUp = new LineUp();
        for (String path : CHECKED_PATHS) {
            lineUp.digests.put(path, Exchange.digest(stage.direct().port(), path));
        }
        if (settings.includes(Product.DIRECT) && !(scenario.probe() instanceof Probe.Start)) {
            lineUp.names.add(Product.DIRECT);
            lineUp.running.put(Product.DIRECT, stage.direct());
        }
        for (Installed product : products) {
            lineUp.add(product, stage, scenario.probe().needsRunningProducts());
        }
        return lineUp;
    }

    private void add(Installed product, Stage stage, boolean staysUp) throws IOException, BenchFailure {
        String refusal = product.product().refusal(stage.mode());
        if (!refusal.isEmpty()) {
            notes.put(product.name(), refusal);
            return;
        }
        Running started;
        try {
            started = stage.keep(product);
        } catch (BenchFailure e) {
            if (stage.isStopping()) {
                throw e;
            }
            notes.put(product.name(), e.getMessage());
            return;
        }
        checkSameBytes(started);
        names.add(product.name());
        installed.put(product.name(), product);
        if (staysUp) {
            running.put(product.name(), started);
        } else {
            stage.stop(started);
        }
    }

    private void checkSameBytes(Running product) throws BenchFailure {
        try {
            checkBytes(product);
        } catch (IOException e) {
            throw product.causeOf(
                    new BenchFailure(product.name() + " does not pass on the origin's bytes: " + e.getMessage()));
        }
    }

    private void checkBytes(Running product) throws IOException, BenchFailure {
        for (Map.Entry<String, String> expected : digests.entrySet()) {
            if (!Exchange.digest(product.port(), expected.getKey()).equals(expected.getValue())) {
                throw new BenchFailure(
                        product.name() + " does not pass on the origin's bytes: " + expected.getKey() + " differs");
            }
        }
    }

    /** In the order of tables. */
    List<String> names() {
        return names;
    }

    Running running(String name) {
        return running.get(name);
    }

    Installed installed(String name) {
        return installed.get(name);
    }

    /** Why products take no part, by product. */
    Map<String, String> notes() {
        return Map.copyOf(notes);
    }
}
