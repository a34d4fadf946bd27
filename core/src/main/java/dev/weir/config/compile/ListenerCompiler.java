package dev.weir.config.compile;

import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.SocketOptions;
import dev.weir.config.check.AddressResolver;
import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.BindLine;
import dev.weir.config.model.BindLine.FamilyUse;
import dev.weir.config.model.GlobalSection.Tuning;
import dev.weir.config.model.KeepAlive;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxyOption;
import dev.weir.config.model.ProxySection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes the listeners of one proxy: addresses and ranges unrolled, ids assigned, socket options filled in. */
public final class ListenerCompiler {
    /** HAProxy waits this long for the first data of {@code defer-accept}. */
    private static final int DEFER_ACCEPT_SECONDS = 1;

    private final ProxySection proxy;
    private final Tuning tuning;
    private final AddressResolver resolver;
    private final Problems problems;
    private final Set<Integer> takenIds = new HashSet<>();
    /** Follows the id of the listener before. */
    private int nextId = 1;
    /** How many listeners the bind line has had. */
    private int numberInLine;

    private ListenerCompiler(ProxySection proxy, Tuning tuning, AddressResolver resolver, Problems problems) {
        this.proxy = proxy;
        this.tuning = tuning;
        this.resolver = resolver;
        this.problems = problems;
    }

    /** Every address has passed the checks; an unknown user or group is reported. */
    public static List<BoundListener> compile(
            ProxySection proxy, Tuning tuning, AddressResolver resolver, Problems problems) {
        return new ListenerCompiler(proxy, tuning, resolver, problems).listeners();
    }

    private List<BoundListener> listeners() {
        for (var bind : proxy.frontend().binds()) {
            takenIds.add(bind.id());
        }
        List<BoundListener> listeners = new ArrayList<>();
        for (var bind : proxy.frontend().binds()) {
            numberInLine = 0;
            for (var address : bind.addresses()) {
                addPorts(bind, address, listeners);
            }
        }
        return List.copyOf(listeners);
    }

    private void addPorts(BindLine bind, AddressSpec address, List<BoundListener> listeners) {
        if (!(address instanceof AddressSpec.Inet inet)) {
            listeners.add(listener(bind, new ListenOptions(Endpoints.of(address, null, 0))));
            return;
        }
        var resolved = resolver.resolve(inet);
        for (int port = inet.port(); port <= inet.portLast(); port++) {
            listeners.add(listener(bind, new ListenOptions(Endpoints.of(address, resolved, port))));
        }
    }

    private BoundListener listener(BindLine bind, ListenOptions options) {
        fill(bind, options);
        fillSocket(bind, options.socket);
        fillRights(bind, "bind " + bind.addresses().get(0).text(), options, problems);
        int id = bind.id() != 0 ? bind.id() : freeId();
        nextId = id + 1;
        String name = bind.name().isEmpty() ? "sock-" + id : bind.name();
        return new BoundListener(bind, name, id, bind.guid(numberInLine++), bind.maxConn(), options);
    }

    /** The next one behind the listener before, as HAProxy counts. */
    private int freeId() {
        while (takenIds.contains(nextId)) {
            nextId++;
        }
        takenIds.add(nextId);
        return nextId;
    }

    private void fill(BindLine bind, ListenOptions options) {
        int backlog = bind.backlog() != 0 ? bind.backlog() : proxy.frontend().backlog();
        int limit = bind.maxConn() != 0 ? bind.maxConn() : proxy.frontend().maxConn();
        options.backlog = backlog != 0 ? backlog : limit != 0 ? limit : options.backlog;
        options.reusePort = tuning.reusesPorts();
        options.v6Only = bind.families() == FamilyUse.IPV6_ONLY;
        options.deferAcceptSeconds = bind.deferAccept() ? DEFER_ACCEPT_SECONDS : 0;
    }

    private void fillSocket(BindLine bind, SocketOptions socket) {
        KeepAlive keepAlive = proxy.keepAlive();
        socket.keepAlive = proxy.options().has(ProxyOption.CLITCPKA);
        socket.keepAliveCount = keepAlive.clientCount();
        socket.keepAliveIdleSeconds = keepAlive.clientIdleSeconds();
        socket.keepAliveIntervalSeconds = keepAlive.clientIntervalSeconds();
        socket.userTimeoutMs = (int) bind.userTimeoutMs();
        socket.maxSegmentBytes = bind.maxSegmentBytes();
        socket.receiveBufferBytes = tuning.clientReceiveBytes();
        socket.sendBufferBytes = tuning.clientSendBytes();
        socket.device = bind.device().isEmpty() ? null : bind.device();
        socket.noLinger = proxy.options().has(ProxyOption.NOLINGER);
        socket.fastOpen = bind.fastOpen();
        socket.transparent = bind.transparent();
    }

    /** Owner and permissions of a UNIX socket; {@code subject} is the line for messages. */
    static void fillRights(BindLine bind, String subject, ListenOptions options, Problems problems) {
        var rights = bind.rights();
        options.unixMode = rights.mode();
        options.unixUid = rights.uid();
        options.unixGid = rights.gid();
        if (!rights.user().isEmpty()) {
            options.unixUid = Accounts.user(rights.user());
            complainAboutUnknown("user", rights.user(), options.unixUid, bind, subject, problems);
        }
        if (!rights.group().isEmpty()) {
            options.unixGid = Accounts.group(rights.group());
            complainAboutUnknown("group", rights.group(), options.unixGid, bind, subject, problems);
        }
    }

    private static void complainAboutUnknown(
            String kind, String name, int number, BindLine bind, String subject, Problems problems) {
        if (number < 0) {
            problems.alert(
                    bind.at(), "'" + subject + "' : '" + kind + "' : '" + name + "' is an unknown " + kind + " name.");
        }
    }
}
