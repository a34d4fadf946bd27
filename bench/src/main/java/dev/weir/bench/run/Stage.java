package dev.weir.bench.run;

import dev.weir.bench.BenchFailure;
import dev.weir.bench.Main;
import dev.weir.bench.machine.MachineCounters;
import dev.weir.bench.machine.OpenFiles;
import dev.weir.bench.machine.PortCheck;
import dev.weir.bench.origin.OriginCounters;
import dev.weir.bench.process.Child;
import dev.weir.bench.process.Children;
import dev.weir.bench.process.JavaCommand;
import dev.weir.bench.product.Installed;
import dev.weir.bench.product.Mode;
import dev.weir.bench.product.Product;
import dev.weir.bench.product.Setup;
import dev.weir.bench.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The origin and some products in one placement and mode, until {@link #close}. */
final class Stage implements AutoCloseable {
    private static final double PATIENCE_SECONDS = 30;
    private static final int MAX_CONN = 20_000;
    private static final int SPARE_FILES = 500;

    private final Settings settings;
    private final Placement placement;
    private final Mode mode;
    private final boolean splices;
    private final boolean hasRules;
    private final Children children;
    private final Path work;
    private final Path configurations;
    private final Child origin;
    private final OriginCounters counters;
    private final List<Running> running = new ArrayList<>();
    private final Map<String, Integer> ports = new HashMap<>();

    /**
     * @param work for files that nobody keeps
     * @param configurations for the products' configurations, which are part of the data
     */
    Stage(Settings settings, Placement placement, Scenario scenario, Children children, Path work, Path configurations)
            throws IOException, BenchFailure {
        this.settings = settings;
        this.placement = placement;
        this.mode = scenario.mode();
        this.splices = scenario.splices();
        this.hasRules = scenario.hasRules();
        this.children = children;
        this.work = work;
        this.configurations = configurations;
        Path countersFile = work.resolve("origin-counters");
        Files.deleteIfExists(countersFile);
        origin = children.start("origin", placement.load(), originCommand(countersFile));
        await("the origin", origin, settings.portBase());
        counters = OriginCounters.open(countersFile);
    }

    private List<String> originCommand(Path countersFile) {
        return JavaCommand.of(
                Main.class.getName(),
                List.of(
                        "bench",
                        "origin",
                        "--port=" + settings.portBase(),
                        "--loops=" + Math.max(1, placement.load().size() / 2),
                        "--counters=" + countersFile));
    }

    /** Before anything starts: whether somebody else has a port that will be needed. */
    static void checkPorts(Settings settings, List<Installed> products) throws IOException, BenchFailure {
        checkPort("the origin", settings.portBase());
        for (int i = 0; i < products.size(); i++) {
            checkPort(products.get(i).name(), settings.portBase() + 1 + i);
        }
    }

    private static void checkPort(String who, int port) throws IOException, BenchFailure {
        if (!PortCheck.isFree(port)) {
            throw new BenchFailure(
                    "port " + port + ", meant for " + who + ", is in use; choose others with --port-base");
        }
    }

    Placement placement() {
        return placement;
    }

    Mode mode() {
        return mode;
    }

    OriginCounters counters() {
        return counters;
    }

    Child origin() {
        return origin;
    }

    Running direct() {
        return new Running(Product.DIRECT, null, settings.portBase());
    }

    /** Starts one for the whole time. */
    Running keep(Installed installed) throws IOException, BenchFailure {
        Running product = start(installed);
        running.add(product);
        await(product.name(), product.child(), product.port());
        return product;
    }

    /** Starts one, and does not wait until it answers. */
    Running start(Installed installed) throws IOException, BenchFailure {
        int port = port(installed);
        Path folder = Files.createDirectories(work.resolve(installed.name()));
        Setup setup = new Setup(
                mode,
                placement.proxy(),
                port,
                settings.portBase(),
                splices,
                hasRules,
                settings.spins(),
                maxConn(),
                folder);
        Path configuration = writeConfiguration(installed, setup);
        List<String> command = installed.product().command(installed, setup, configuration);
        return new Running(installed.name(), children.start(installed.name(), placement.proxy(), command), port);
    }

    /** Two descriptors for each connection; HAProxy keeps some more for pipes where it splices. */
    private int maxConn() throws IOException {
        int files = OpenFiles.limit() - SPARE_FILES;
        return Math.min(MAX_CONN, splices ? files / 5 * 2 : files / 2);
    }

    private int port(Installed installed) {
        return ports.computeIfAbsent(installed.name(), name -> settings.portBase() + 1 + ports.size());
    }

    private Path writeConfiguration(Installed installed, Setup setup) throws IOException {
        String text = installed.product().configuration(installed, setup);
        String variant = placement.name() + (splices ? "-bulk-" : "-") + (hasRules ? "rules-" : "");
        Path file = configurations.resolve(variant + installed.product().fileName(setup));
        if (!text.isEmpty()) {
            Files.createDirectories(configurations);
            Files.writeString(file, text);
        }
        return file;
    }

    /** Waits until it answers. */
    void await(Running product) throws BenchFailure {
        await(product.name(), product.child(), product.port());
    }

    private static void await(String name, Child child, int port) throws BenchFailure {
        long deadlineNs = System.nanoTime() + (long) (PATIENCE_SECONDS * 1e9);
        while (!Exchange.answers(port)) {
            child.checkAlive();
            if (System.nanoTime() > deadlineNs) {
                throw new BenchFailure(name + " does not answer on port " + port + child.lastLines());
            }
            Pause.seconds(0.01);
        }
    }

    /** Lets time pass, unless the product ends meanwhile; on the direct line, the origin. */
    void pause(Running product, double seconds) throws BenchFailure {
        (product.isDirect() ? origin : product.child()).pause(seconds);
    }

    /** Whether the user has ended the run: whatever fails now fails for that. */
    boolean isStopping() {
        return children.isStopping();
    }

    void stop(Running product) {
        children.stop(product.child());
    }

    MachineCounters machine() throws IOException {
        return MachineCounters.now(placement.load());
    }

    /** Commands by name, for the record. */
    Map<String, String> commands() {
        Map<String, String> all = new HashMap<>();
        all.put("origin", origin.commandLine());
        running.forEach(product -> all.put(product.name(), product.child().commandLine()));
        return all;
    }

    @Override
    public void close() {
        running.forEach(this::stop);
        children.stop(origin);
    }
}
