package dev.weir.bridge.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import org.junit.jupiter.api.Test;

/** The whole contract on a JDK that refuses to let a loop be the carrier of its virtual threads. */
class NioWithoutSchedulerHookTest extends NioTransportTest {
    @Override
    protected Transport open(TransportOptions options) throws TransportException {
        options.schedulerHook = false;
        return super.open(options);
    }

    @Test
    void shouldSayThatTheHookIsMissing() throws Exception {
        assertThat(start(new TransportOptions()).description())
                .startsWith("nio (asked for by a test)")
                .contains("scheduler hook");
    }
}
