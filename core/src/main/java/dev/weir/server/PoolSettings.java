package dev.weir.server;

import dev.weir.balance.BalanceAlgorithms;
import dev.weir.balance.BalanceSettings;
import java.util.ArrayList;
import java.util.List;

/** The server side of a backend, as configured. Filled once, then only read. Times in milliseconds, 0 for none. */
public final class PoolSettings {
    public final String name;
    public final int id;
    /** {@code guid}, empty for none. */
    public String guid = "";

    public String mode = "tcp";
    /** {@code backend}, or {@code proxy} for a {@code listen} section: the word in messages. */
    public String kind = "backend";

    public BalanceSettings balance = BalanceSettings.of(BalanceAlgorithms.ROUND_ROBIN);
    /** How servers without a cookie of their own get one. */
    public DynamicCookies dynamicCookies = DynamicCookies.NONE;

    public long connectTimeoutMs;
    /** Already {@code timeout connect} where {@code timeout queue} is not set. */
    public long queueTimeoutMs;

    public long serverTimeoutMs;
    public long tunnelTimeoutMs;
    /** 0 means that the whole check has to fit its interval. */
    public long checkTimeoutMs;

    public int retriesMax = 3;
    /** {@code retry-on}. */
    public RetryEvents retryEvents = RetryEvents.DEFAULT;
    /** {@code http-reuse}. */
    public ReuseMode reuse = ReuseMode.SAFE;
    /** {@code option redispatch [n]}: 0 is off, n every n-th retry, -n the n-th from the last. The bare option is -1. */
    public int redispatchInterval;
    /** {@code option persist}: sessions stay with a server that is down. */
    public boolean isPersistent;
    /** {@code fullconn}, or its default from the frontends; 0 for none. */
    public int fullConn;
    /** {@code option log-health-checks}. */
    public boolean logHealthChecks;
    /** In declaration order. */
    public final List<ServerSettings> servers = new ArrayList<>();

    public PoolSettings(String name, int id) {
        this.name = name;
        this.id = id;
    }
}
