package dev.weir.config.compile;

import dev.weir.balance.BalanceAlgorithms;
import dev.weir.balance.BalanceMethod;
import dev.weir.balance.BalanceSettings;
import dev.weir.balance.BalanceSettings.PreserveAffinity;
import dev.weir.balance.HashFunction;
import dev.weir.balance.HashType;
import dev.weir.config.check.AddressResolver;
import dev.weir.config.model.BackendSettings;
import dev.weir.config.model.BalanceLine;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.Mode;
import dev.weir.config.model.ProxyOption;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.RetryEvent;
import dev.weir.config.model.ServerLine;
import dev.weir.server.PoolSettings;
import dev.weir.server.RetryEvents;
import dev.weir.server.ServerSettings;
import java.util.BitSet;
import java.util.Set;

/** Makes the settings of one backend's pool of servers. */
public final class BackendCompiler {
    private BackendCompiler() {}

    /** A server that is added to a backend at run time. */
    public static ServerSettings server(
            Configuration configuration, ProxySection proxy, ServerLine line, AddressResolver resolver) {
        var settings = new ServerCompiler(proxy, configuration.global().tuning(), resolver).compile(line);
        settings.isAddedAtRunTime = true;
        return settings;
    }

    /** @param processMaxConn the limit of frontends that say nothing, for the default of {@code fullconn} */
    public static PoolSettings compile(
            Configuration configuration, ProxySection proxy, AddressResolver resolver, int processMaxConn) {
        var settings = new PoolSettings(proxy.name(), proxy.id());
        settings.kind = proxy.kind().title();
        settings.guid = proxy.guid().text();
        var backend = proxy.backend();
        settings.balance = balance(proxy);
        settings.dynamicCookies = CookieCompiler.dynamicCookies(proxy);
        fillTimeouts(proxy, settings);
        settings.mode = proxy.mode() == Mode.HTTP ? "http" : "tcp";
        settings.reuse = HttpCompiler.reuse(proxy.http());
        settings.retriesMax = backend.retries();
        settings.retryEvents = retryEvents(backend.retryOn());
        settings.redispatchInterval = backend.redispatchInterval();
        settings.isPersistent = proxy.options().has(ProxyOption.PERSIST);
        settings.logHealthChecks = proxy.options().has(ProxyOption.LOG_HEALTH_CHECKS);
        settings.fullConn =
                backend.fullConn() != 0 ? backend.fullConn() : FullConn.of(configuration, proxy, processMaxConn);
        var servers = new ServerCompiler(proxy, configuration.global().tuning(), resolver);
        for (var line : backend.servers()) {
            settings.servers.add(servers.compile(line));
        }
        return settings;
    }

    private static void fillTimeouts(ProxySection proxy, PoolSettings settings) {
        var timeouts = proxy.timeouts();
        settings.connectTimeoutMs = timeouts.connectMs();
        settings.queueTimeoutMs = timeouts.queueOrConnectMs();
        settings.serverTimeoutMs = timeouts.serverMs();
        settings.tunnelTimeoutMs = timeouts.tunnelMs();
        settings.checkTimeoutMs = timeouts.checkMs();
    }

    private static RetryEvents retryEvents(Set<RetryEvent> events) {
        var statuses = new BitSet();
        for (RetryEvent event : events) {
            if (event.isStatus()) {
                statuses.set(Integer.parseInt(event.word()));
            }
        }
        return new RetryEvents(
                events.contains(RetryEvent.CONN_FAILURE),
                events.contains(RetryEvent.EMPTY_RESPONSE),
                events.contains(RetryEvent.JUNK_RESPONSE),
                events.contains(RetryEvent.RESPONSE_TIMEOUT),
                statuses);
    }

    /** What looks into HTTP requests takes servers in turn where there are none; the checks have said so. */
    private static BalanceSettings balance(ProxySection proxy) {
        var backend = proxy.backend();
        var line = backend.balance();
        boolean isPossible = proxy.mode() == Mode.HTTP || !line.algorithm().needsHttp();
        var settings = BalanceSettings.of(isPossible ? method(line) : BalanceAlgorithms.ROUND_ROBIN)
                .withHashType(hashType(backend))
                .withHashBalanceFactor(backend.hashBalanceFactorPercent())
                .withPreserveAffinity(affinity(backend))
                .withAllBackups(proxy.options().has(ProxyOption.ALLBACKUPS));
        return line.draws() == 0 ? settings : settings.withDraws(line.draws());
    }

    private static BalanceMethod method(BalanceLine line) {
        return switch (line.algorithm()) {
            case ROUNDROBIN -> BalanceAlgorithms.ROUND_ROBIN;
            case STATIC_RR -> BalanceAlgorithms.STATIC_ROUND_ROBIN;
            case LEASTCONN -> BalanceAlgorithms.LEAST_CONNECTIONS;
            case FIRST -> BalanceAlgorithms.FIRST;
            case RANDOM -> BalanceAlgorithms.RANDOM;
            case SOURCE -> BalanceAlgorithms.SOURCE;
            case HASH -> BalanceAlgorithms.HASH;
            case URI -> BalanceAlgorithms.URI;
            case URL_PARAM -> BalanceAlgorithms.URL_PARAMETER;
            case HDR -> BalanceAlgorithms.HEADER;
            case RDP_COOKIE -> BalanceAlgorithms.RDP_COOKIE;
        };
    }

    private static HashType hashType(BackendSettings backend) {
        var type = backend.hashType();
        var function = switch (type.function()) {
            case SDBM -> HashFunction.SDBM;
            case DJB2 -> HashFunction.DJB2;
            case WT6 -> HashFunction.WT6;
            case CRC32 -> HashFunction.CRC32;
            case NONE -> HashFunction.NONE;
        };
        return new HashType(type.consistent(), function, type.avalanche());
    }

    private static PreserveAffinity affinity(BackendSettings backend) {
        return switch (backend.affinity()) {
            case ALWAYS -> PreserveAffinity.ALWAYS;
            case MAXCONN -> PreserveAffinity.MAXCONN;
            case MAXQUEUE -> PreserveAffinity.MAXQUEUE;
        };
    }
}
