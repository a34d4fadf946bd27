package dev.weir.proxy;

import dev.weir.balance.HashType;
import dev.weir.bridge.transport.Relay;
import dev.weir.bridge.transport.Splice;
import dev.weir.persist.CookieSettings;
import dev.weir.persist.PersistRules;
import dev.weir.persist.RdpPersistence;
import dev.weir.proxy.key.BalanceKey;
import dev.weir.rule.HttpRuleBook;
import dev.weir.rule.StickRules;
import dev.weir.rule.SwitchingRules;
import dev.weir.rule.TcpRules;
import dev.weir.server.ProxyFields;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.server.check.script.CheckScript;
import dev.weir.stream.Stream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A backend of one configuration, on the servers that outlive it. Filled by the compiler, then only read unless said otherwise. Times in milliseconds, 0 for none. */
public final class Backend {
    private static final long MS_NS = 1_000_000L;

    private final ServerPool pool;
    /** Null in {@code mode tcp}. */
    public HttpBackend http;

    public long serverFinTimeoutMs;
    public boolean isSplicingRequests;
    public boolean isSplicingResponses;
    public boolean isNolinger;
    /** {@code option abortonclose}. */
    public boolean abortsOnClose;
    /** What algorithms that hash look at. */
    public BalanceKey balanceKey = BalanceKey.NONE;

    public HashType hashType = HashType.MAP_BASED;
    /** What PROXY headers of version 2 tell besides, by the server's name. Servers that are added at run time come into it. */
    public final Map<String, ProxyFields> proxyFields = new ConcurrentHashMap<>();

    public TcpRules contentRules = TcpRules.NONE;
    /** Rules and error pages of {@code mode http}. */
    public HttpRuleBook httpRules = HttpRuleBook.NONE;

    public TcpRules responseRules = TcpRules.NONE;
    /** {@code tcp-request inspect-delay} of the backend. */
    public long inspectDelayMs;
    /** {@code tcp-response inspect-delay}. */
    public long responseDelayMs;
    /** {@code cookie}, or null. */
    public CookieSettings cookie;
    /** {@code persist rdp-cookie}, or null. */
    public RdpPersistence rdpPersistence;
    /** {@code force-persist} and {@code ignore-persist}. */
    public PersistRules persistRules = PersistRules.NONE;
    /** What checks of its servers do. */
    public CheckScript checkScript = CheckScript.CONNECT;

    /** {@code use-server}. */
    public SwitchingRules<Server> serverRules;

    /** {@code stick}. */
    public StickRules stickRules = StickRules.NONE;

    public Backend(ServerPool pool) {
        this.pool = pool;
    }

    public ServerPool pool() {
        return pool;
    }

    /** How long both sides of a relay between the frontend's client and one of the servers may be idle. */
    public void limit(Relay relay, Frontend frontend, Stream stream) {
        relay.clientIdleNs = stream.timeouts().clientMs() * MS_NS;
        relay.serverIdleNs = stream.timeouts().serverMs() * MS_NS;
        relay.clientFinIdleNs = frontend.clientFinTimeoutMs * MS_NS;
        relay.serverFinIdleNs = serverFinTimeoutMs * MS_NS;
        relay.tunnelIdleNs = stream.timeouts().tunnelMs() * MS_NS;
    }

    /** Which directions of a relay are moved by the kernel from their first byte on. */
    public void splice(Relay relay, Frontend frontend) {
        relay.spliceToServer = splice(frontend.isSplicingRequests || isSplicingRequests);
        relay.spliceToClient = splice(frontend.isSplicingResponses || isSplicingResponses);
    }

    private static Splice splice(boolean isForced) {
        return isForced ? Splice.ALWAYS : Splice.ADAPTIVE;
    }

    public String name() {
        return pool.name();
    }
}
