package dev.weir.proxy;

import dev.weir.bridge.transport.Relay;
import dev.weir.stream.Stream;

/** What a configuration says of relaying one session's bytes. */
final class RelaySettings {
    private RelaySettings() {}

    static void apply(Relay relay, Stream stream, Frontend frontend, Backend backend) {
        backend.limit(relay, frontend, stream);
        relay.meterToServer = stream.isLimited() ? stream.bandwidth().upload() : null;
        relay.meterToClient = stream.isLimited() ? stream.bandwidth().download() : null;
        relay.isAbruptToClient = frontend.isNolinger;
        relay.isAbruptToServer = backend.isNolinger;
        relay.independentStreams = frontend.isIndependentStreams;
        backend.splice(relay, frontend);
    }
}
