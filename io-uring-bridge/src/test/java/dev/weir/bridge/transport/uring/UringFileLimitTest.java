package dev.weir.bridge.transport.uring;

import dev.weir.bridge.transport.FileLimitContract;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import org.junit.jupiter.api.condition.DisabledIf;

@DisabledIf(value = "dev.weir.bridge.transport.uring.UringTransportTest#isMissing", disabledReason = "no io_uring here")
class UringFileLimitTest extends FileLimitContract {
    @Override
    protected Transport open(TransportOptions options) throws TransportException {
        return new UringTransport(options);
    }
}
