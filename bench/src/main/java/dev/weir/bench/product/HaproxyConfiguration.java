package dev.weir.bench.product;

import java.util.Map;

/** The configuration of HAProxy and of Weir: one template, so that they can differ in nothing but name and port. */
final class HaproxyConfiguration {
    private HaproxyConfiguration() {}

    static String of(Installed installed, Setup setup) {
        int threads = setup.cpus().size();
        return new Template("proxy-" + setup.mode().keyword() + ".cfg")
                .fill(Map.of(
                        "product",
                        installed.name() + " " + installed.version(),
                        "maxConn",
                        Integer.toString(setup.maxConn()),
                        "threads",
                        Integer.toString(threads),
                        "cpuMap",
                        threads == 1 ? "" : "cpu-map auto:1/1-" + threads + " " + setup.cpus(),
                        "busyPolling",
                        setup.spins() ? "busy-polling" : "",
                        "splice",
                        setup.splices() ? "option splice-auto" : "",
                        "port",
                        Integer.toString(setup.port()),
                        "origin",
                        Integer.toString(setup.originPort())));
    }
}
