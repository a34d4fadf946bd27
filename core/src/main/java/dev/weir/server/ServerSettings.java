package dev.weir.server;

import dev.weir.balance.HashKey;
import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.rule.reply.Reply;
import java.util.Objects;

/** A server line, resolved. Filled once, then only read; a reload brings another one for the same name. */
public final class ServerSettings {
    /** How the port to connect to is found. */
    public enum PortRule {
        /** The endpoint's. */
        FIXED,
        /** The port that the client connected to, plus {@link #portShift}. */
        FROM_CLIENT
    }

    public final String name;
    /** {@code id}, else the position from 1. */
    public final int id;
    /** {@code guid}, empty for none. */
    public String guid = "";
    /** Where it is. Null: the address that the client connected to ({@code 0.0.0.0}, {@code *}). */
    public Endpoint endpoint;

    /** Null for a server that has an address of its own. */
    public NameSettings naming;
    /** Its name was unknown at start: it is in maintenance until it is known. */
    public boolean lacksAddress;

    public PortRule portRule = PortRule.FIXED;
    /** For a fixed port without an endpoint. */
    public int port;

    public int portShift;
    public int weight = 1;
    /** 0 for no limit. */
    public int maxConn;
    /** 0 is {@link #maxConn}: no dynamic limit. */
    public int minConn;
    /** 0 for no limit. */
    public int maxQueue;

    /** {@code strict-maxconn}: {@link #maxConn} limits connections in {@code mode http}, not requests alone. */
    public boolean isStrict;
    /** {@code non-stick}: no entry of a stick table comes to lead here. */
    public boolean isNonStick;
    /** {@code redir}: what GET and HEAD are answered, null for none. */
    public Reply redirect;

    public boolean isBackup;
    /** {@code disabled}: starts in maintenance. */
    public boolean isDisabled;

    /** {@code add server}: starts in maintenance, its checks disabled, whatever its line says. */
    public boolean isAddedAtRunTime;

    public int slowStartMs;
    /** {@code source}, keep-alive, {@code tcp-ut} and other socket options. */
    public final ConnectOptions connect = new ConnectOptions();
    /** {@code pool-max-conn}: how many connections may wait for another request, -1 for any number. */
    public int idleMax = -1;
    /** {@code pool-purge-delay}: how often half of the surplus of waiting connections is closed, in milliseconds. */
    public long idlePurgeMs = 5000;
    /** {@code max-reuse}: how often a connection is used again, -1 for any number of times. */
    public int reuseMax = -1;
    /** Null sends no PROXY header. */
    public ProxyProtocol proxyProtocol;

    /** Value of its persistence cookie, or null. */
    public byte[] cookie;

    public HashKey hashKey = HashKey.ID;
    /** {@code on-marked-down shutdown-sessions}. */
    public boolean isShutdownOnDown;
    /** {@code on-marked-up shutdown-backup-sessions}. */
    public boolean isBackupShutdownOnUp;
    /** Null for a server without checks. */
    public CheckSettings check;
    /** Null for a server without an agent. */
    public AgentSettings agent;
    /** Null without {@code observe}. */
    public ObserveSettings observe;
    /** {@code track}: the name of the backend and of the server, or null. */
    public String trackedBackend;

    public String trackedServer;

    public ServerSettings(String name, int id) {
        this.name = name;
        this.id = id;
    }

    /** Whether the address or the port are those that the client connected to. */
    public boolean followsClient() {
        return endpoint == null && naming == null || portRule == PortRule.FROM_CLIENT;
    }

    /** Whether a connection needs to know who the client is. */
    boolean wantsClient() {
        return proxyProtocol != null || followsClient();
    }

    /** How it begins. */
    int adminFlags() {
        return (isDisabled ? AdminFlags.CONFIGURED_MAINTENANCE : 0)
                | (lacksAddress ? AdminFlags.RESOLUTION_MAINTENANCE : 0);
    }

    /** A server's flags when these settings follow others: what they say anew holds, the rest stays. */
    int adminFlags(int flags, ServerSettings before) {
        int said = (isDisabled == before.isDisabled ? 0 : AdminFlags.CONFIGURED_MAINTENANCE)
                | (isNamedLike(before) ? 0 : AdminFlags.RESOLUTION_MAINTENANCE | AdminFlags.RENAMED);
        return flags & ~said | adminFlags() & said;
    }

    /** Whether its address is looked after at run time, by the same name as that of others. */
    boolean isNamedLike(ServerSettings others) {
        return naming != null
                && naming.isResolvedAtRunTime()
                && others.naming != null
                && naming.isNamedLike(others.naming)
                && port == others.port;
    }

    /** Whether a server is where it was when these settings follow others. */
    boolean leavesWhere(ServerSettings others) {
        return isNamedLike(others)
                || Objects.equals(endpoint, others.endpoint) && Objects.equals(naming, others.naming);
    }

    /** Whether connections that were opened by these settings are as good as those that others would open. */
    boolean leadsWhere(ServerSettings others) {
        return leavesWhere(others)
                && portRule == others.portRule
                && port == others.port
                && portShift == others.portShift
                && Objects.equals(proxyProtocol, others.proxyProtocol);
    }

    /** The limit under full load: {@code minconn} alone, or above {@code maxconn}, is the limit. */
    int upperLimit() {
        return Math.max(maxConn, minConn);
    }

    /** The limit under no load. */
    int lowerLimit() {
        return minConn == 0 || minConn > maxConn ? upperLimit() : minConn;
    }
}
