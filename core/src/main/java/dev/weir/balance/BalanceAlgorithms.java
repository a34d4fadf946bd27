package dev.weir.balance;

import java.util.List;

/** All algorithms. A new one is a file of its own and a row here. */
public final class BalanceAlgorithms {
    public static final BalanceMethod ROUND_ROBIN = new BalanceMethod(
            "roundrobin", "servers in turn, by weight; weights may change", false, true, true, RoundRobin::new);
    public static final BalanceMethod STATIC_ROUND_ROBIN = new BalanceMethod(
            "static-rr", "servers in turn, by weight; weights are fixed", false, false, true, SlotTable::new);
    public static final BalanceMethod LEAST_CONNECTIONS = new BalanceMethod(
            "leastconn",
            "the server with the fewest sessions for its weight",
            false,
            true,
            false,
            LeastConnections::new);
    public static final BalanceMethod FIRST = new BalanceMethod(
            "first", "the first server by id that has a free place", false, true, true, FirstAvailable::new);
    public static final BalanceMethod RANDOM = new BalanceMethod(
            "random", "the least loaded of some servers drawn at random", false, true, false, RandomDraws::new);
    public static final BalanceMethod SOURCE =
            new BalanceMethod("source", "by the client's address", true, false, false, BalanceAlgorithms::hashing);
    public static final BalanceMethod HASH = new BalanceMethod(
            "hash", "by the value of a sample expression", true, false, false, BalanceAlgorithms::hashing);

    public static final BalanceMethod URI =
            new BalanceMethod("uri", "by the request's target", true, false, false, BalanceAlgorithms::hashing);
    public static final BalanceMethod URL_PARAMETER = new BalanceMethod(
            "url_param", "by a parameter of the query", true, false, false, BalanceAlgorithms::hashing);
    public static final BalanceMethod HEADER =
            new BalanceMethod("hdr", "by a field of the request", true, false, false, BalanceAlgorithms::hashing);
    public static final BalanceMethod RDP_COOKIE = new BalanceMethod(
            "rdp-cookie", "by a remote desktop client's cookie", true, false, false, BalanceAlgorithms::hashing);

    private static final List<BalanceMethod> ALL = List.of(
            ROUND_ROBIN,
            STATIC_ROUND_ROBIN,
            LEAST_CONNECTIONS,
            FIRST,
            RANDOM,
            SOURCE,
            HASH,
            URI,
            URL_PARAMETER,
            HEADER,
            RDP_COOKIE);

    private BalanceAlgorithms() {}

    public static List<BalanceMethod> all() {
        return ALL;
    }

    /** Null if there is none of that name. */
    public static BalanceMethod named(String keyword) {
        for (BalanceMethod method : ALL) {
            if (method.keyword().equals(keyword)) {
                return method;
            }
        }
        return null;
    }

    /** @param servers in declaration order */
    public static BalanceAlgorithm create(BalanceSettings settings, Target[] servers) {
        return settings.method().factory().apply(settings, servers);
    }

    /** Whether any weight may be set at run time: also hashing on a ring takes them. */
    public static boolean isDynamic(BalanceSettings settings) {
        return settings.method().isDynamic()
                || settings.method().isHash() && settings.hashType().consistent();
    }

    private static BalanceAlgorithm hashing(BalanceSettings settings, Target[] servers) {
        return settings.hashType().consistent() ? new HashRing(settings, servers) : new SlotTable(settings, servers);
    }
}
