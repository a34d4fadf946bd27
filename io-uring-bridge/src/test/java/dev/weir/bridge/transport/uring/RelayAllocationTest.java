package dev.weir.bridge.transport.uring;

import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.Relay;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A relay in steady state makes no garbage: what the loop's thread allocates, from wherever, is counted by the JVM. */
class RelayAllocationTest extends PairFixture {
    private static final int EXCHANGES = 10_000;
    private static final int[] SIZES = {13, 200, 1460, 16384};

    @Override
    void serve(Connection client, Endpoint endpoint) {
        try {
            Connection server = client.loop().connect(endpoint, new ConnectOptions(), Long.MAX_VALUE);
            Relay relay = new Relay();
            relay.clientIdleNs = 60_000_000_000L;
            relay.serverIdleNs = 60_000_000_000L;
            client.loop().relayThen(client, server, relay, () -> {
                client.close();
                server.close();
            });
        } catch (ConnectionFailure e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldRelayBetweenOnePairWithoutAllocating() throws Exception {
        assertAllocatesNothing(1, EXCHANGES);
    }

    @Test
    void shouldRelayBetweenManyPairsWithoutAllocating() throws Exception {
        assertAllocatesNothing(64, EXCHANGES);
    }

    /** All pairs ask, then all answer; the sizes change from round to round. */
    @Override
    void exchange(List<Pair> pairs, int count) throws IOException {
        for (int done = 0, round = 0; done < count; done += pairs.size(), round++) {
            int size = SIZES[round % SIZES.length];
            for (Pair pair : pairs) {
                write(pair.client(), size);
            }
            for (Pair pair : pairs) {
                read(pair.server(), size);
                write(pair.server(), size);
            }
            for (Pair pair : pairs) {
                read(pair.client(), size);
            }
        }
    }
}
