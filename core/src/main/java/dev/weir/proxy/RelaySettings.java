package dev.weir.proxy;

import dev.weir.bridge.transport.Relay;
import dev.weir.bridge.transport.Splice;
import dev.weir.stream.Stream;

/** What a configuration says of relaying one session's bytes. */
final class RelaySettings {
    private RelaySettings() {}

    static void apply(Relay relay, Stream stream, Frontend frontend, Backend backend) {
        relay.clientIdleNs = stream.clientTimeoutMs() * ClientSession.MS_NS;
        relay.serverIdleNs = stream.serverTimeoutMs() * ClientSession.MS_NS;
        relay.clientFinIdleNs = frontend.clientFinTimeoutMs * ClientSession.MS_NS;
        relay.serverFinIdleNs = backend.serverFinTimeoutMs * ClientSession.MS_NS;
        relay.tunnelIdleNs = backend.pool().tunnelTimeoutMs() * ClientSession.MS_NS;
        relay.meterToServer = stream.isLimited() ? stream.bandwidth().upload() : null;
        relay.meterToClient = stream.isLimited() ? stream.bandwidth().download() : null;
        relay.isAbruptToClient = frontend.isNolinger;
        relay.isAbruptToServer = backend.isNolinger;
        relay.independentStreams = frontend.isIndependentStreams;
        relay.spliceToServer = splice(frontend.isSplicingRequests || backend.isSplicingRequests);
        relay.spliceToClient = splice(frontend.isSplicingResponses || backend.isSplicingResponses);
    }

    private static Splice splice(boolean isForced) {
        return isForced ? Splice.ALWAYS : Splice.ADAPTIVE;
    }
}
