package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportContract;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;

class NioTransportTest extends TransportContract {
    @Override
    protected Transport open(TransportOptions options) throws TransportException {
        return new NioTransport(options, "asked for by a test");
    }

    @Override
    protected boolean listensOnAbstractAndInherited() {
        return false;
    }
}
