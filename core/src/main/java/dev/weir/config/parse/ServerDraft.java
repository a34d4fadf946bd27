package dev.weir.config.parse;

import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.CheckSettings;
import dev.weir.config.model.ConnectionPooling;
import dev.weir.config.model.Guid;
import dev.weir.config.model.Position;
import dev.weir.config.model.ProxyProtocol;
import dev.weir.config.model.ServerLine;
import dev.weir.config.model.ServerLine.HashKey;
import dev.weir.config.model.ServerLine.InitAddress;
import dev.weir.config.model.SourceAddress;
import dev.weir.server.CheckSettings.InitialState;
import dev.weir.server.ObserveSettings;
import dev.weir.server.ObserveSettings.OnError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A server while its line is read: it starts as a copy of {@code default-server}. Single-threaded. */
final class ServerDraft {
    Position at = Position.NONE;
    String name = "";
    int id;
    Guid guid = Guid.NONE;
    AddressSpec address;
    /** For addresses in options; null in {@code default-server} until it is used. */
    Environment environment;

    int weight = 1;
    boolean backup;
    boolean disabled;
    int maxConn;
    int minConn;
    int maxQueue;
    boolean strictMaxConn;
    boolean nonStick;
    String redirect = "";
    String cookie = "";
    long slowStartMs;
    SourceAddress source;
    String track = "";
    boolean shutdownSessionsWhenDown;
    boolean shutdownBackupSessionsWhenUp;
    int proxyVersion;
    boolean proxyAuthority;
    boolean proxyCrc32c;
    boolean proxyUniqueId;
    final List<ProxyProtocol.Field> proxyFields = new ArrayList<>();
    long userTimeoutMs;
    boolean fastOpen;
    int idleMax = -1;
    long idlePurgeMs = 5000;
    int reuseMax = -1;
    HashKey hashKey = HashKey.ID;
    /** Empty if nothing was said. */
    List<InitAddress> initAddr = List.of();

    ResolveDraft resolve = new ResolveDraft();

    boolean check;
    long interMs = 2000;
    long fastInterMs;
    long downInterMs;
    int rise = 2;
    int fall = 3;
    int checkPort;
    AddressSpec.Inet checkAddress;
    boolean checkSendProxy;
    InitialState initialState = InitialState.UP;
    ObserveSettings.Layer observed;
    int errorLimit = 10;
    OnError onError = OnError.FAIL_CHECK;
    boolean checksHttp1;
    AgentDraft agent = new AgentDraft();

    ServerDraft() {}

    ServerDraft(ServerDraft from) {
        environment = from.environment;
        weight = from.weight;
        backup = from.backup;
        disabled = from.disabled;
        maxConn = from.maxConn;
        minConn = from.minConn;
        maxQueue = from.maxQueue;
        strictMaxConn = from.strictMaxConn;
        nonStick = from.nonStick;
        redirect = from.redirect;
        slowStartMs = from.slowStartMs;
        source = from.source;
        track = from.track;
        shutdownSessionsWhenDown = from.shutdownSessionsWhenDown;
        shutdownBackupSessionsWhenUp = from.shutdownBackupSessionsWhenUp;
        proxyVersion = from.proxyVersion;
        proxyAuthority = from.proxyAuthority;
        proxyCrc32c = from.proxyCrc32c;
        proxyUniqueId = from.proxyUniqueId;
        proxyFields.addAll(from.proxyFields);
        userTimeoutMs = from.userTimeoutMs;
        fastOpen = from.fastOpen;
        idleMax = from.idleMax;
        idlePurgeMs = from.idlePurgeMs;
        reuseMax = from.reuseMax;
        hashKey = from.hashKey;
        initAddr = from.initAddr;
        resolve = new ResolveDraft(from.resolve);
        copyCheck(from);
    }

    private void copyCheck(ServerDraft from) {
        check = from.check;
        interMs = from.interMs;
        fastInterMs = from.fastInterMs;
        downInterMs = from.downInterMs;
        rise = from.rise;
        fall = from.fall;
        checkPort = from.checkPort;
        checkAddress = from.checkAddress;
        checkSendProxy = from.checkSendProxy;
        initialState = from.initialState;
        observed = from.observed;
        errorLimit = from.errorLimit;
        onError = from.onError;
        checksHttp1 = from.checksHttp1;
        agent = new AgentDraft(from.agent);
    }

    /** One of a template's servers. */
    ServerDraft numbered(String prefix, int number) {
        var copy = new ServerDraft(this);
        copy.at = at;
        copy.name = prefix + number;
        copy.address = address;
        copy.cookie = cookie;
        return copy;
    }

    /** Fills in the ids that are not given: the next free one, counting every server. */
    static List<ServerLine> buildAll(List<ServerDraft> drafts) {
        Set<Integer> taken = new HashSet<>();
        for (var draft : drafts) {
            taken.add(draft.id);
        }
        List<ServerLine> lines = new ArrayList<>(drafts.size());
        int next = 1;
        for (var draft : drafts) {
            int id = draft.id;
            if (id == 0) {
                while (taken.contains(next)) {
                    next++;
                }
                id = next;
                taken.add(id);
            }
            next++;
            lines.add(draft.build(id));
        }
        return List.copyOf(lines);
    }

    /**
     * A server of its own, with the id that was given or the lowest that is free.
     *
     * @return null if the id that was given is taken
     */
    ServerLine buildBeside(Set<Integer> taken) {
        int assigned = id;
        while (id == 0 && (assigned == 0 || taken.contains(assigned))) {
            assigned++;
        }
        return taken.contains(assigned) ? null : build(assigned);
    }

    /** With name servers to ask later, a server may start without an address. */
    private List<InitAddress> steps() {
        if (!initAddr.isEmpty()) {
            return initAddr;
        }
        return resolve.resolvers == null
                ? List.of(new InitAddress.Last(), new InitAddress.Libc())
                : List.of(new InitAddress.Last(), new InitAddress.Libc(), new InitAddress.None());
    }

    private ServerLine build(int assignedId) {
        return new ServerLine(
                at,
                name,
                assignedId,
                guid,
                address,
                weight,
                backup,
                disabled,
                maxConn,
                minConn,
                maxQueue,
                strictMaxConn,
                nonStick,
                redirect,
                cookie,
                checks(),
                slowStartMs,
                source,
                track,
                shutdownSessionsWhenDown,
                shutdownBackupSessionsWhenUp,
                new ProxyProtocol(proxyVersion, proxyAuthority, proxyCrc32c, proxyUniqueId, List.copyOf(proxyFields)),
                userTimeoutMs,
                fastOpen,
                new ConnectionPooling(idleMax, idlePurgeMs, reuseMax),
                hashKey,
                steps(),
                resolve.build());
    }

    private CheckSettings checks() {
        return new CheckSettings(
                check,
                interMs,
                fastInterMs,
                downInterMs,
                rise,
                fall,
                checkPort,
                checkAddress,
                checkSendProxy,
                initialState,
                observed == null ? null : new ObserveSettings(observed, errorLimit, onError),
                checksHttp1,
                agent.build());
    }
}
