package dev.weir.bench.product;

import java.util.Map;

/** The configuration of HAProxy and of Weir: one template, so that they can differ in nothing but name and port. */
final class HaproxyConfiguration {
    private HaproxyConfiguration() {}

    static String of(Installed installed, Setup setup) {
        int threads = setup.cpus().size();
        return new Template("proxy-" + setup.mode().keyword() + ".cfg")
                .fill(Map.ofEntries(
                        Map.entry("product", installed.name() + " " + installed.version()),
                        Map.entry("maxConn", Integer.toString(setup.maxConn())),
                        Map.entry("threads", Integer.toString(threads)),
                        Map.entry("cpuMap", threads == 1 ? "" : "cpu-map auto:1/1-" + threads + " " + setup.cpus()),
                        Map.entry("busyPolling", setup.spins() ? "busy-polling" : ""),
                        Map.entry("splice", setup.splices() ? "option splice-auto" : ""),
                        Map.entry("rules", Template.part(setup.hasRules(), "proxy-rules.cfg")),
                        Map.entry("port", Integer.toString(setup.port())),
                        Map.entry("origin", Integer.toString(setup.originPort()))));
    }
}
