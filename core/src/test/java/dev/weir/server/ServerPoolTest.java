package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.BalanceAlgorithms;
import dev.weir.balance.BalanceSettings;
import dev.weir.server.Dispatcher.Outcome;
import dev.weir.server.Place.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerPoolTest {
    private final PoolFixture fixture = new PoolFixture();

    @Test
    void shouldTakeServersInTurn() {
        fixture.server("s1");
        fixture.server("s2");
        ServerPool pool = fixture.start();

        assertThat(serverOf(pool)).isEqualTo("s1");
        assertThat(serverOf(pool)).isEqualTo("s2");
        assertThat(serverOf(pool)).isEqualTo("s1");
    }

    @Test
    void shouldQueueForTheBackendWhenAllServersAreFull() {
        fixture.server("s1").maxConn = 1;
        fixture.server("s2").maxConn = 1;
        ServerPool pool = fixture.start();
        Place first = assigned(pool);
        assigned(pool);

        Place waiting = fixture.place();
        assertThat(pool.dispatcher.assign(waiting)).isEqualTo(Outcome.QUEUED);
        assertThat(pool.backendQueued()).isEqualTo(1);
        pool.dispatcher.release(first);

        assertThat(waiting.phase).isEqualTo(Phase.HOLDING);
        assertThat(waiting.server.name()).isEqualTo("s1");
        assertThat(waiting.backendQueuePosition).isEqualTo(1);
        assertThat(fixture.loop.unparked).hasSize(1);
        assertThat(pool.backendQueued()).isZero();
    }

    @Test
    void shouldServeByClassThenTimeThenArrival() {
        fixture.server("s1").maxConn = 1;
        ServerPool pool = fixture.start();
        Place holder = assigned(pool);
        Place plain = queued(pool, 0, 0);
        Place second = queued(pool, 0, 0);
        fixture.advanceMs(10);
        Place late = queued(pool, 0, -30);
        Place urgent = queued(pool, -1, 500);

        assertThat(servedInTurn(pool, holder, plain, second, late, urgent))
                .containsExactly(urgent, late, plain, second);
    }

    @Test
    void shouldCountHowManyWereServedBefore() {
        fixture.server("s1").maxConn = 1;
        ServerPool pool = fixture.start();
        Place holder = assigned(pool);
        Place first = queued(pool, 0, 0);
        Place second = queued(pool, 0, 0);

        pool.dispatcher.release(holder);
        pool.dispatcher.release(first);

        assertThat(first.backendQueuePosition).isEqualTo(1);
        assertThat(second.backendQueuePosition).isEqualTo(2);
    }

    @Test
    void shouldPreferTheServersOwnQueueOnATie() {
        fixture.server("s1").maxConn = 1;
        ServerPool pool = fixture.start();
        Place holder = assigned(pool);
        Place forBackend = queued(pool, 0, 0);
        Place forServer = fixture.place(pool.server("s1"));
        assertThat(pool.dispatcher.assign(forServer)).isEqualTo(Outcome.QUEUED);
        assertThat(pool.server("s1").queued()).isEqualTo(1);

        pool.dispatcher.release(holder);

        assertThat(forServer.phase).isEqualTo(Phase.HOLDING);
        assertThat(forBackend.phase).isEqualTo(Phase.QUEUED);
    }

    @Test
    void shouldNotLetNewcomersOvertake() {
        fixture.server("s1").maxConn = 1;
        fixture.server("s2").maxConn = 1;
        ServerPool pool = fixture.start();
        Place first = assigned(pool);
        assigned(pool);
        Place waiting = queued(pool, 0, 0);

        pool.dispatcher.release(first);
        Place newcomer = fixture.place();

        assertThat(pool.dispatcher.assign(newcomer)).isEqualTo(Outcome.QUEUED);
        assertThat(waiting.phase).isEqualTo(Phase.HOLDING);
    }

    @Test
    void shouldRefuseWhenTheServersQueueIsFull() {
        ServerSettings settings = fixture.server("s1");
        settings.maxConn = 1;
        settings.maxQueue = 1;
        ServerPool pool = fixture.start();
        Server server = pool.server("s1");
        assigned(pool);
        assertThat(pool.dispatcher.assign(fixture.place(server))).isEqualTo(Outcome.QUEUED);

        Place refused = fixture.place(server);

        assertThat(pool.dispatcher.assign(refused)).isEqualTo(Outcome.FULL);
    }

    @Test
    void shouldForgetWhoGivesUp() {
        fixture.server("s1").maxConn = 1;
        ServerPool pool = fixture.start();
        Place holder = assigned(pool);
        Place impatient = queued(pool, 0, 0);
        Place patient = queued(pool, 0, 0);

        assertThat(pool.dispatcher.cancel(impatient)).isTrue();
        pool.dispatcher.release(holder);

        assertThat(patient.phase).isEqualTo(Phase.HOLDING);
        assertThat(pool.dispatcher.cancel(patient)).isFalse();
        assertThat(pool.totalQueued()).isZero();
    }

    @Test
    void shouldSayWhenNoServerIsUsable() {
        fixture.server("s1").isDisabled = true;
        ServerPool pool = fixture.start();

        assertThat(pool.dispatcher.assign(fixture.place())).isEqualTo(Outcome.NO_SERVER);
        assertThat(pool.usableServers()).isZero();
    }

    @Test
    void shouldTurnToTheFirstBackupOnly() {
        fixture.server("s1").isDisabled = true;
        fixture.server("b1").isBackup = true;
        fixture.server("b2").isBackup = true;
        ServerPool pool = fixture.start();

        assertThat(serverOf(pool)).isEqualTo("b1");
        assertThat(serverOf(pool)).isEqualTo("b1");
        assertThat(pool.usableServers()).isEqualTo(1);
    }

    @Test
    void shouldTurnToAllBackupsIfToldTo() {
        fixture.server("s1").isDisabled = true;
        fixture.server("b1").isBackup = true;
        fixture.server("b2").isBackup = true;
        fixture.settings.balance =
                BalanceSettings.of(BalanceAlgorithms.ROUND_ROBIN).withAllBackups(true);
        ServerPool pool = fixture.start();

        assertThat(serverOf(pool)).isEqualTo("b1");
        assertThat(serverOf(pool)).isEqualTo("b2");
    }

    @Test
    void shouldRaiseTheLimitWithTheLoad() {
        ServerSettings settings = fixture.server("s1");
        settings.maxConn = 10;
        settings.minConn = 2;
        fixture.settings.fullConn = 20;
        ServerPool pool = fixture.start();

        assertThat(acceptedAtLoad(pool, 1)).isEqualTo(2);
        assertThat(acceptedAtLoad(pool, 10)).isEqualTo(5);
        assertThat(acceptedAtLoad(pool, 20)).isEqualTo(10);
    }

    @Test
    void shouldKeepServersOfTheSameNameOverAReload() {
        fixture.server("s1").maxConn = 1;
        fixture.server("s2").maxConn = 1;
        ServerPool pool = fixture.start();
        Place first = assigned(pool);
        Place second = assigned(pool);
        Place waiting = queued(pool, 0, 0);
        Server kept = pool.server("s2");
        Server gone = pool.server("s1");

        PoolSettings fresh = new PoolSettings("l", 2);
        fresh.servers.add(fixture.settings.servers.get(1));
        fixture.pools.apply(List.of(fresh));

        assertThat(fixture.pools.pool("l")).isSameAs(pool);
        assertThat(pool.server(0)).isSameAs(kept);
        assertThat(kept.connections()).isEqualTo(1);
        assertThat(gone.isRemoved()).isTrue();
        pool.dispatcher.release(first);
        assertThat(waiting.phase).isEqualTo(Phase.QUEUED);
        pool.dispatcher.release(second);
        assertThat(waiting.server).isSameAs(kept);
    }

    @Test
    void shouldLetARaisedLimitServeTheQueue() {
        fixture.server("s1").maxConn = 1;
        ServerPool pool = fixture.start();
        assigned(pool);
        Place waiting = queued(pool, 0, 0);

        PoolSettings fresh = new PoolSettings("l", 2);
        ServerSettings server = new ServerSettings("s1", 1);
        server.maxConn = 2;
        fresh.servers.add(server);
        fixture.pools.apply(List.of(fresh));

        assertThat(waiting.phase).isEqualTo(Phase.HOLDING);
    }

    @Test
    void shouldKeepTheTurnOverAReload() {
        for (String name : List.of("s1", "s2", "s3")) {
            fixture.server(name);
        }
        ServerPool pool = fixture.start();
        assertThat(serverOf(pool)).isEqualTo("s1");

        fixture.pools.apply(List.of(fixture.settings));

        assertThat(serverOf(pool)).isEqualTo("s2");
    }

    private Place assigned(ServerPool pool) {
        Place place = fixture.place();
        assertThat(pool.dispatcher.assign(place)).isEqualTo(Outcome.ASSIGNED);
        return place;
    }

    private Place queued(ServerPool pool, int priorityClass, int offsetMs) {
        Place place = fixture.place();
        place.priorityClass = priorityClass;
        place.priorityOffsetMs = offsetMs;
        assertThat(pool.dispatcher.assign(place)).isEqualTo(Outcome.QUEUED);
        return place;
    }

    private String serverOf(ServerPool pool) {
        Place place = assigned(pool);
        String name = place.server.name();
        pool.dispatcher.release(place);
        return name;
    }

    private static List<Place> servedInTurn(ServerPool pool, Place holder, Place... waiting) {
        List<Place> served = new java.util.ArrayList<>();
        Place current = holder;
        for (int i = 0; i < waiting.length; i++) {
            pool.dispatcher.release(current);
            current = List.of(waiting).stream()
                    .filter(place -> place.phase == Phase.HOLDING)
                    .findFirst()
                    .orElseThrow();
            served.add(current);
        }
        return served;
    }

    private int acceptedAtLoad(ServerPool pool, int load) {
        for (int i = 0; i < load; i++) {
            pool.enter();
        }
        int accepted = 0;
        Place place = fixture.place();
        while (pool.dispatcher.assign(place) == Outcome.ASSIGNED) {
            accepted++;
            place = fixture.place();
        }
        pool.dispatcher.cancel(place);
        while (pool.server(0).places.first() != null) {
            pool.dispatcher.release(pool.server(0).places.first());
        }
        for (int i = 0; i < load; i++) {
            pool.leave();
        }
        return accepted;
    }
}
