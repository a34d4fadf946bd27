package dev.weir.config.compile;

import dev.weir.balance.HashKey;
import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.config.check.AddressResolver;
import dev.weir.config.check.ServerAddresses;
import dev.weir.config.model.AddressSpec.Inet;
import dev.weir.config.model.AddressSpec.PortForm;
import dev.weir.config.model.ByteText;
import dev.weir.config.model.GlobalSection.Tuning;
import dev.weir.config.model.KeepAlive;
import dev.weir.config.model.ProxyOption;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.ServerLine;
import dev.weir.config.model.SourceAddress;
import dev.weir.config.parse.Literals;
import dev.weir.rule.reply.ServerRedirect;
import dev.weir.server.AgentSettings;
import dev.weir.server.CheckSettings;
import dev.weir.server.NameSettings;
import dev.weir.server.ProbeTarget;
import dev.weir.server.ProxyProtocol;
import dev.weir.server.ServerSettings;
import dev.weir.server.ServerSettings.PortRule;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** Makes the settings of one proxy's servers. */
final class ServerCompiler {
    private final ProxySection proxy;
    private final Tuning tuning;
    private final AddressResolver resolver;

    ServerCompiler(ProxySection proxy, Tuning tuning, AddressResolver resolver) {
        this.proxy = proxy;
        this.tuning = tuning;
        this.resolver = resolver;
    }

    ServerSettings compile(ServerLine line) {
        var settings = new ServerSettings(line.name(), line.id());
        settings.guid = line.guid().text();
        fillLimits(line, settings);
        fillAddress(line, settings);
        fillConnect(line, settings.connect);
        settings.idleMax = line.pooling().idleMax();
        settings.idlePurgeMs = line.pooling().purgeDelayMs();
        settings.reuseMax = line.pooling().reuseMax();
        settings.proxyProtocol = proxyProtocol(line);
        settings.check = check(line);
        settings.agent = agent(line);
        settings.observe = line.check().observe();
        fillTracking(line, settings);
        settings.cookie = CookieCompiler.serverCookie(line);
        return settings;
    }

    private static void fillLimits(ServerLine line, ServerSettings settings) {
        settings.weight = line.weight();
        settings.maxConn = line.maxConn();
        settings.minConn = line.minConn();
        settings.maxQueue = line.maxQueue();
        settings.isStrict = line.strictMaxConn();
        settings.isNonStick = line.nonStick();
        settings.redirect = line.redirect().isEmpty() ? null : new ServerRedirect(line.redirect());
        settings.isBackup = line.backup();
        settings.isDisabled = line.disabled();
        settings.slowStartMs = (int) line.slowStartMs();
        settings.isShutdownOnDown = line.shutdownSessionsWhenDown();
        settings.isBackupShutdownOnUp = line.shutdownBackupSessionsWhenUp();
        settings.hashKey = switch (line.hashKey()) {
            case ID -> HashKey.ID;
            case ADDRESS -> HashKey.ADDR;
            case ADDRESS_AND_PORT -> HashKey.ADDR_PORT;
        };
    }

    /** A server without an address starts in maintenance; the wildcard stands for the address that the client connected to. */
    private void fillAddress(ServerLine line, ServerSettings settings) {
        if (!(line.address() instanceof Inet inet)) {
            settings.endpoint = Endpoints.of(line.address(), null, 0);
            return;
        }
        boolean isFixed = inet.portForm() == PortForm.FIXED && inet.port() != 0; // as HAProxy: 0 is none
        boolean hasPort = isFixed || line.isService(); // SRV records bring theirs
        settings.portRule = hasPort ? PortRule.FIXED : PortRule.FROM_CLIENT;
        settings.port = isFixed ? inet.port() : 0;
        settings.portShift = inet.portForm() == PortForm.SHIFTED ? inet.port() : 0;
        settings.naming = naming(line, inet);
        InetAddress resolved = ServerAddresses.resolve(line, resolver);
        if (resolved == null) {
            settings.lacksAddress = true;
        } else if (!resolved.isAnyLocalAddress()) {
            settings.endpoint = new Endpoint.Inet(resolved, settings.port);
        }
    }

    /** Null for an address that nobody can give a name later. */
    private static NameSettings naming(ServerLine line, Inet inet) {
        boolean isName = !inet.isWildcard() && Literals.parse(inet.host()) == null;
        var resolve = line.resolve();
        if (!isName && resolve.resolvers() == null) {
            return null;
        }
        String name = isName ? ByteText.toNative(inet.host()) : null;
        return new NameSettings(
                resolve.resolvers() == null ? null : ByteText.toNative(resolve.resolvers()),
                line.isService() ? null : name,
                line.isService() ? name : null,
                resolve.preference(),
                resolve.ignoresWeight());
    }

    private void fillConnect(ServerLine line, ConnectOptions connect) {
        KeepAlive keepAlive = proxy.keepAlive();
        var socket = connect.socket;
        socket.keepAlive = proxy.options().has(ProxyOption.SRVTCPKA);
        socket.keepAliveCount = keepAlive.serverCount();
        socket.keepAliveIdleSeconds = keepAlive.serverIdleSeconds();
        socket.keepAliveIntervalSeconds = keepAlive.serverIntervalSeconds();
        socket.userTimeoutMs = (int) line.userTimeoutMs();
        socket.receiveBufferBytes = tuning.serverReceiveBytes();
        socket.sendBufferBytes = tuning.serverSendBytes();
        socket.noLinger = proxy.options().has(ProxyOption.NOLINGER);
        socket.fastOpen = line.fastOpen();
        fillSource(line.source() != null ? line.source() : proxy.backend().source(), connect);
    }

    private void fillSource(SourceAddress source, ConnectOptions connect) {
        if (source == null) {
            return;
        }
        connect.socket.device = source.device().isEmpty() ? null : source.device();
        Inet address = source.address();
        boolean hasPort = address.portForm() == PortForm.FIXED;
        connect.source = new Endpoint.Inet(resolver.resolve(address), hasPort ? address.port() : 0);
        if (address.port() != address.portLast()) {
            connect.sourcePortFirst = address.port();
            connect.sourcePortLast = address.portLast();
        }
    }

    private ProxyProtocol proxyProtocol(ServerLine line) {
        var wanted = line.sendProxy();
        return wanted.version() == 0
                ? null
                : new ProxyProtocol(
                        wanted.version(),
                        wanted.authority(),
                        wanted.crc32c(),
                        wanted.uniqueId(),
                        tuning.neverSendsLocal());
    }

    /** A server that follows another has no checks of its own. */
    private CheckSettings check(ServerLine line) {
        var wanted = line.check();
        if (!wanted.enabled()) {
            return null;
        }
        var check = new CheckSettings();
        check.interMs = (int) wanted.interMs();
        check.fastInterMs = (int) wanted.fastInterMs();
        check.downInterMs = (int) wanted.downInterMs();
        check.rise = wanted.rise();
        check.fall = wanted.fall();
        check.initialState = wanted.initialState();
        boolean isElsewhere = wanted.port() != 0 || wanted.address() != null;
        boolean sendsProxy =
                wanted.sendProxy() || !isElsewhere && line.sendProxy().version() != 0;
        check.target = new ProbeTarget(endpoint(wanted.address()), wanted.port(), sendsProxy);
        return check;
    }

    private AgentSettings agent(ServerLine line) {
        var wanted = line.check().agent();
        if (!wanted.enabled()) {
            return null;
        }
        var agent = new AgentSettings();
        agent.interMs =
                (int) (wanted.interMs() != 0 ? wanted.interMs() : line.check().interMs());
        Inet address =
                wanted.address() != null ? wanted.address() : line.check().address();
        int port = wanted.port() != 0 ? wanted.port() : line.check().port();
        agent.target = new ProbeTarget(endpoint(address), port, false);
        agent.greeting = wanted.greeting().isEmpty() ? null : wanted.greeting().getBytes(StandardCharsets.ISO_8859_1);
        return agent;
    }

    /** Where the port is said elsewhere; null for no address. */
    private Endpoint endpoint(Inet address) {
        InetAddress resolved = address == null ? null : resolver.resolve(address);
        return resolved == null ? null : new Endpoint.Inet(resolved, 0);
    }

    private void fillTracking(ServerLine line, ServerSettings settings) {
        if (line.track().isEmpty()) {
            return;
        }
        int slash = line.track().indexOf('/');
        settings.trackedBackend = slash < 0 ? proxy.name() : line.track().substring(0, slash);
        settings.trackedServer = line.track().substring(slash + 1);
    }
}
