package dev.weir.report.data;

/** Everything that is measured of a product. The names stand in {@code run.json}; new ones go where they belong in the order of columns. */
public enum Figure {
    REQUEST_RATE("requests/s", "", Better.HIGHER),
    CONNECTION_RATE("connections/s", "", Better.HIGHER),
    BYTE_RATE("Gbit/s", "", Better.HIGHER),
    PROXY_CPU_PER_REQUEST("proxy CPU", "µs/request", Better.LOWER),
    MACHINE_CPU_PER_REQUEST("machine CPU", "µs/request", Better.LOWER),
    PROXY_CPU_PER_GIGABYTE("proxy CPU", "s/GB", Better.LOWER),
    MACHINE_CPU_PER_GIGABYTE("machine CPU", "s/GB", Better.LOWER),
    /** Of all CPUs that the proxy may use; at 100 it is the bottleneck. */
    PROXY_CPU_SHARE("proxy's CPU in use", "%", Better.NEITHER),
    /** Of the CPUs of the load and the origin; at 100 they are. */
    LOAD_CPU_SHARE("load's CPU in use", "%", Better.NEITHER),
    /** In the steady state of an open loop: what was asked for. */
    OFFERED_RATE("offered", "requests/s", Better.NEITHER),
    MEAN("mean", "µs", Better.LOWER),
    P50("p50", "µs", Better.LOWER),
    P75("p75", "µs", Better.LOWER),
    P90("p90", "µs", Better.LOWER),
    P99("p99", "µs", Better.LOWER),
    P999("p99.9", "µs", Better.LOWER),
    P9999("p99.99", "µs", Better.LOWER),
    MAX("max", "µs", Better.LOWER),
    CONTEXT_SWITCHES_PER_REQUEST("context switches", "/request", Better.LOWER),
    SYSTEM_CALLS_PER_REQUEST("system calls", "/request", Better.LOWER),
    FIRST_BYTE("first proxied byte", "ms", Better.LOWER),
    TIME_TO_PEAK("95 % of peak after", "s", Better.LOWER),
    /** CPU that was used until then beyond what the same requests cost at the peak. */
    WARM_UP_CPU("CPU spent on warming up", "s", Better.LOWER),
    RESIDENT_IDLE("resident, idle", "MB", Better.LOWER),
    RESIDENT_LOADED("resident, after load", "MB", Better.LOWER),
    RESIDENT_PEAK("resident, peak", "MB", Better.LOWER),
    USER_BYTES_PER_CONNECTION("process memory (PSS)", "bytes/connection", Better.LOWER),
    KERNEL_BYTES_PER_CONNECTION("kernel memory (slab)", "bytes/connection", Better.LOWER),
    SOCKET_BYTES_PER_CONNECTION("socket buffers", "bytes/connection", Better.LOWER),
    USER_BYTES_AFTERWARDS("process memory once they are gone", "bytes/connection", Better.LOWER);

    /** Which way is good. */
    public enum Better {
        HIGHER,
        LOWER,
        NEITHER
    }

    private final String label;
    private final String unit;
    private final Better better;

    Figure(String label, String unit, Better better) {
        this.label = label;
        this.unit = unit;
        this.better = better;
    }

    public String label() {
        return label;
    }

    /** May be empty. */
    public String unit() {
        return unit;
    }

    public Better better() {
        return better;
    }
}
