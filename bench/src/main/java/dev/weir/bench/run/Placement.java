package dev.weir.bench.run;

import dev.weir.bench.machine.CpuSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Who runs where.
 *
 * @param name short, the key in the data
 * @param proxy CPUs of the product under test, one thread for each
 * @param load CPUs of the origin and the load generator
 */
public record Placement(String name, CpuSet proxy, CpuSet load) {
    public static final String ONE_CPU = "one-cpu";
    public static final String OWN_CPUS = "own-cpus";

    /** Everything on the first CPU: no wake-ups across CPUs, so requests per second are the inverse of the whole cost. */
    static Placement oneCpu(CpuSet allowed) {
        return new Placement(ONE_CPU, allowed.first(1), allowed.first(1));
    }

    /** The proxy on the last CPUs, the load on the first. */
    static Placement ownCpus(CpuSet allowed, int threads) {
        String name = threads == 1 ? OWN_CPUS : OWN_CPUS + "-" + threads;
        return new Placement(name, allowed.last(threads), allowed.first(allowed.size() - threads));
    }

    /**
     * What fits a machine: one CPU: everything on it; two: the proxy also on one of its own; more: also with 2, 4, ... threads, up to
     * half of the CPUs.
     */
    public static List<Placement> fitting(CpuSet allowed) {
        List<Placement> all = new ArrayList<>(List.of(oneCpu(allowed)));
        for (int threads = 1; 2 * threads <= allowed.size(); threads *= 2) {
            all.add(ownCpus(allowed, threads));
        }
        return all;
    }

    public boolean sharesCpus() {
        return proxy.overlaps(load);
    }

    public String text() {
        return sharesCpus()
                ? "everything on CPU " + proxy
                : "proxy on CPU " + proxy + ", load and origin on CPU " + load;
    }
}
