package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.BalanceAlgorithms;
import dev.weir.balance.BalanceSettings;
import dev.weir.server.Dispatcher.Outcome;
import dev.weir.server.Place.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sessions against a model of the rules that is too simple to be wrong: a server serves up to its limit; who waits goes
 * by class, then time; nobody waits while a server that would take him has room.
 */
class ServerPoolModelTest {
    private record Waiting(Place place, Server server, long key, int number) {}

    private final PoolFixture fixture = new PoolFixture();
    private final List<Place> holding = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private int arrivals;
    private long nowMs;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldServeInTheOrderOfTheModel(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            fixture.server("s" + i).maxConn = 1 + random.nextInt(3);
        }
        fixture.settings.balance = BalanceSettings.of(BalanceAlgorithms.LEAST_CONNECTIONS);
        ServerPool pool = fixture.start();

        for (int step = 0; step < 3_000; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> arrive(pool, random);
                case 2, 3 -> leave(pool, random);
                case 4 -> giveUp(pool, random);
            }
            if (random.nextInt(4) == 0) {
                fixture.advanceMs(1);
                nowMs++;
            }
            checkInvariants(pool);
        }
    }

    private void arrive(ServerPool pool, Random random) {
        Place place = fixture.place(random.nextInt(3) == 0 ? pool.server(random.nextInt(3)) : null);
        place.priorityClass = random.nextInt(3) - 1;
        place.priorityOffsetMs = random.nextInt(21) - 10;
        if (pool.dispatcher.assign(place) == Outcome.ASSIGNED) {
            holding.add(place);
        } else {
            long key = place.priorityClass * 1_000_000_000L + nowMs + place.priorityOffsetMs;
            waiting.add(new Waiting(place, place.direct, key, arrivals++));
        }
    }

    private void leave(ServerPool pool, Random random) {
        if (holding.isEmpty()) {
            return;
        }
        Place place = holding.remove(random.nextInt(holding.size()));
        Server server = place.server;
        Waiting expected = nextFor(server);
        pool.dispatcher.release(place);
        for (Waiting candidate : List.copyOf(waiting)) {
            boolean isServed = candidate.place.phase == Phase.HOLDING;
            assertThat(isServed).isEqualTo(candidate == expected);
            if (isServed) {
                waiting.remove(candidate);
                holding.add(candidate.place);
                assertThat(candidate.place.server).isSameAs(server);
            }
        }
    }

    /** The smallest key of those who wait for this server or for any; a tie goes to the server's own, then to who came first. */
    private Waiting nextFor(Server server) {
        return waiting.stream()
                .filter(candidate -> candidate.server == null || candidate.server == server)
                .min(Comparator.comparingLong(Waiting::key)
                        .thenComparing(candidate -> candidate.server == null)
                        .thenComparingInt(Waiting::number))
                .orElse(null);
    }

    private void giveUp(ServerPool pool, Random random) {
        if (!waiting.isEmpty()) {
            Waiting candidate = waiting.remove(random.nextInt(waiting.size()));
            assertThat(pool.dispatcher.cancel(candidate.place)).isTrue();
            pool.dispatcher.release(candidate.place);
        }
    }

    private void checkInvariants(ServerPool pool) {
        assertThat(pool.served()).isEqualTo(holding.size());
        assertThat(pool.totalQueued()).isEqualTo(waiting.size());
        for (int i = 0; i < pool.serverCount(); i++) {
            Server server = pool.server(i);
            assertThat(server.connections()).isLessThanOrEqualTo(server.connectionsMax());
            if (server.connections() < server.connectionsMax()) {
                assertThat(waiting.stream().filter(w -> w.server == null || w.server == server))
                        .isEmpty();
            }
        }
    }
}
