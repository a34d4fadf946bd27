package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.FileLimitContract;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;

class NioFileLimitTest extends FileLimitContract {
    @Override
    protected Transport open(TransportOptions options) throws TransportException {
        return new NioTransport(options, "under test");
    }
}
