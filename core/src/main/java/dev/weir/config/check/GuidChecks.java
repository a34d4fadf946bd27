package dev.weir.config.check;

import dev.weir.config.model.BindLine;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.Guid;
import dev.weir.config.model.Position;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.ServerLine;
import java.util.HashMap;
import java.util.Map;

/** No two proxies, servers or listeners may have the same GUID. */
final class GuidChecks {
    private final Problems problems;
    /** Who has which, as messages name it. */
    private final Map<String, String> owners = new HashMap<>();

    private GuidChecks(Problems problems) {
        this.problems = problems;
    }

    static void check(Configuration configuration, Problems problems) {
        new GuidChecks(problems).all(configuration);
    }

    /** A server that is added at run time; who else runs is not known here, but its proxies and listeners are. */
    static void checkAdded(Configuration configuration, ServerLine server, Problems problems) {
        Problems known = new Problems();
        var checks = new GuidChecks(known);
        checks.all(configuration);
        String owner = checks.owners.get(server.guid().text());
        if (owner != null && !owner.startsWith("server ")) {
            problems.alert("'guid': duplicate entry with " + owner + ".");
        }
    }

    private void all(Configuration configuration) {
        for (ProxySection proxy : configuration.proxies()) {
            proxy(proxy);
        }
        for (ProxySection proxy : configuration.proxies()) {
            if (proxy.frontend() != null) {
                proxy.frontend().binds().forEach(bind -> listeners(proxy, bind));
            }
        }
    }

    private void proxy(ProxySection proxy) {
        take(proxy.guid(), proxy.kind().title() + " " + proxy.name(), "");
        if (proxy.backend() != null) {
            for (ServerLine server : proxy.backend().servers()) {
                String path = "server " + proxy.name() + "/" + server.name();
                take(server.guid(), path, "'" + path + "' : ");
            }
        }
    }

    private void take(Guid guid, String owner, String subject) {
        String other = guid.isGiven() ? owners.putIfAbsent(guid.text(), owner) : null;
        if (other != null) {
            problems.alert(guid.at(), subject + "'guid': duplicate entry with " + other);
        }
    }

    private void listeners(ProxySection proxy, BindLine bind) {
        if (bind.guidPrefix().isEmpty()) {
            return;
        }
        Position at = bind.at();
        String owner = "listener " + proxy.name() + " (" + at.file() + ":" + at.line() + ")";
        for (int number = 0; number < bind.listenerCount(); number++) {
            String guid = bind.guid(number);
            String fault = Guid.fault(guid);
            String other = fault == null ? owners.putIfAbsent(guid, owner) : null;
            if (fault != null || other != null) {
                problems.alert(
                        at,
                        "error on GUID generation : " + (fault != null ? fault : "duplicate entry with " + other)
                                + ". You may fix it by adjusting guid-prefix.");
                return;
            }
        }
    }
}
