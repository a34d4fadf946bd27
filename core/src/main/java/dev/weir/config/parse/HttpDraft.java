package dev.weir.config.parse;

import dev.weir.config.model.AddressFieldLine;
import dev.weir.config.model.ForwardedLine;
import dev.weir.config.model.HttpSettings;
import dev.weir.config.model.HttpSettings.ConnectionMode;
import dev.weir.config.model.HttpSettings.HeaderNames;
import dev.weir.config.model.HttpSettings.Reuse;
import dev.weir.config.model.MonitorSettings;
import java.util.ArrayList;
import java.util.List;

/** What a section says about {@code mode http}, while it is read. Single-threaded. */
final class HttpDraft {
    ConnectionMode connectionMode = ConnectionMode.KEEP_ALIVE;
    Reuse reuse = Reuse.SAFE;
    /** Null for none, as the two that follow. */
    AddressFieldLine forwardedFor;

    AddressFieldLine originalTo;
    ForwardedLine forwarded;
    HeaderNames headerNames = HeaderNames.PRESERVE;
    int keepAliveQueueMax = -1;
    int keptConnectionsMax = 5;
    String serverNameHeader = "";
    String monitorUri = "";
    /** Not inherited. */
    final List<MonitorSettings.Failure> monitorFailures = new ArrayList<>();

    HttpDraft() {}

    HttpDraft(HttpDraft from) {
        connectionMode = from.connectionMode;
        reuse = from.reuse;
        forwardedFor = from.forwardedFor;
        originalTo = from.originalTo;
        forwarded = from.forwarded;
        headerNames = from.headerNames;
        keepAliveQueueMax = from.keepAliveQueueMax;
        keptConnectionsMax = from.keptConnectionsMax;
        serverNameHeader = from.serverNameHeader;
        monitorUri = from.monitorUri;
    }

    HttpSettings build() {
        return new HttpSettings(
                connectionMode,
                reuse,
                forwardedFor,
                originalTo,
                forwarded,
                headerNames,
                keepAliveQueueMax,
                keptConnectionsMax,
                serverNameHeader,
                new MonitorSettings(monitorUri, List.copyOf(monitorFailures)));
    }
}
