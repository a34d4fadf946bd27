package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.BalanceAlgorithms;
import dev.weir.balance.BalanceSettings;
import dev.weir.server.Dispatcher.Outcome;
import dev.weir.server.Place.Phase;
import dev.weir.stream.Cause;
import org.junit.jupiter.api.Test;

/** The messages are those that HAProxy 3.2.26 wrote for the same changes; {@code <1>} is the level ALERT. */
class ServerControlTest {
    private static final String REFUSED =
            ", reason: Layer4 connection problem, info: \"Connection refused\", check duration: 0ms";

    private final PoolFixture fixture = new PoolFixture();

    @Test
    void shouldReportServersGoingDown() {
        fixture.server("s1");
        fixture.server("s2");
        fixture.server("b1").isBackup = true;
        fixture.settings.kind = "proxy";
        ServerPool pool = fixture.start();

        pool.control().stop(pool.server("s1"), REFUSED);
        pool.control().stop(pool.server("s2"), "");
        pool.control().stop(pool.server("b1"), ", changed from CLI");

        assertThat(fixture.messages)
                .containsExactly(
                        "<1>Server l/s1 is DOWN" + REFUSED + ". 1 active and 1 backup servers left."
                                + " 0 sessions active, 0 requeued, 0 remaining in queue.",
                        "<1>Server l/s2 is DOWN. 0 active and 1 backup servers left. Running on backup."
                                + " 0 sessions active, 0 requeued, 0 remaining in queue.",
                        "<1>Backup Server l/b1 is DOWN, changed from CLI. 0 active and 0 backup servers left."
                                + " 0 sessions active, 0 requeued, 0 remaining in queue.",
                        "<0>proxy l has no server available!");
    }

    @Test
    void shouldReportServersComingUp() {
        fixture.server("s1");
        fixture.server("b1").isBackup = true;
        ServerPool pool = fixture.start();
        pool.control().stop(pool.server("s1"), "");
        pool.control().stop(pool.server("b1"), "");
        fixture.messages.clear();

        pool.control().run(pool.server("b1"), "");
        pool.control().run(pool.server("s1"), "");

        assertThat(fixture.messages)
                .containsExactly(
                        "<5>Backup Server l/b1 is UP. 0 active and 1 backup servers online. Running on backup."
                                + " 0 sessions requeued, 0 total in queue.",
                        "<5>Server l/s1 is UP. 1 active and 1 backup servers online."
                                + " 0 sessions requeued, 0 total in queue.");
    }

    @Test
    void shouldFollowTheTrackedServer() {
        fixture.server("s1");
        ServerSettings tracker = fixture.server("t1");
        tracker.trackedBackend = "l";
        tracker.trackedServer = "s1";
        ServerPool pool = fixture.start();

        pool.control().stop(pool.server("s1"), "");
        pool.control().administer(pool.server("s1"), AdminFlags.FORCED_MAINTENANCE, true);
        pool.control().administer(pool.server("s1"), AdminFlags.FORCED_MAINTENANCE, false);

        assertThat(fixture.messages)
                .containsExactly(
                        "<1>Server l/s1 is DOWN. 1 active and 0 backup servers left."
                                + " 0 sessions active, 0 requeued, 0 remaining in queue.",
                        "<1>Server l/t1 is DOWN via l/s1. 0 active and 0 backup servers left."
                                + " 0 sessions active, 0 requeued, 0 remaining in queue.",
                        "<0>backend l has no server available!",
                        "<5>Server l/s1 was DOWN and now enters maintenance.",
                        "<5>Server l/t1 was DOWN and now enters maintenance via l/s1.",
                        "<5>Server l/s1 is UP/READY (leaving forced maintenance).",
                        "<5>Server l/t1 is UP/READY (leaving maintenance).");
    }

    @Test
    void shouldReportMaintenanceAndDrain() {
        fixture.server("n1");
        fixture.server("n2");
        ServerPool pool = fixture.start();
        Server server = pool.server("n1");

        pool.control().administer(server, AdminFlags.FORCED_MAINTENANCE, true);
        pool.control().administer(server, AdminFlags.FORCED_MAINTENANCE, false);
        pool.control().administer(server, AdminFlags.FORCED_DRAIN, true);
        pool.control().administer(server, AdminFlags.FORCED_DRAIN, false);

        assertThat(fixture.messages)
                .containsExactly(
                        "<1>Server l/n1 is going DOWN for maintenance. 1 active and 0 backup servers left."
                                + " 0 sessions active, 0 requeued, 0 remaining in queue.",
                        "<5>Server l/n1 is UP/READY (leaving forced maintenance).",
                        "<5>Server l/n1 enters drain state. 1 active and 0 backup servers online."
                                + " 0 sessions requeued, 0 total in queue.",
                        "<5>Server l/n1 is UP (leaving forced drain).");
    }

    @Test
    void shouldLetQueuedSessionsOfAServerThatIsDownChooseAgain() {
        fixture.server("s1").maxConn = 1;
        fixture.server("s2");
        fixture.settings.redispatchInterval = -1;
        ServerPool pool = fixture.start();
        Place waiting = queueOn(pool, pool.server("s1"));

        pool.control().stop(pool.server("s1"), "");

        assertThat(waiting.phase).isEqualTo(Phase.DISPLACED);
        assertThat(fixture.messages.getFirst()).contains("1 sessions active, 1 requeued, 0 remaining in queue.");
    }

    @Test
    void shouldKeepQueuedSessionsWithoutRedispatch() {
        fixture.server("s1").maxConn = 1;
        fixture.server("s2");
        ServerPool pool = fixture.start();
        Place waiting = queueOn(pool, pool.server("s1"));

        pool.control().stop(pool.server("s1"), "");

        assertThat(waiting.phase).isEqualTo(Phase.QUEUED);
        assertThat(fixture.messages.getFirst()).contains("1 sessions active, 0 requeued, 1 remaining in queue.");
    }

    @Test
    void shouldWakeTheBackendsQueueWhenTheLastServerGoes() {
        fixture.server("s1").maxConn = 1;
        ServerPool pool = fixture.start();
        assertThat(pool.dispatcher.assign(fixture.place())).isEqualTo(Outcome.ASSIGNED);
        Place waiting = fixture.place();
        assertThat(pool.dispatcher.assign(waiting)).isEqualTo(Outcome.QUEUED);

        pool.control().stop(pool.server("s1"), "");

        assertThat(waiting.phase).isEqualTo(Phase.DISPLACED);
        assertThat(pool.dispatcher.assign(waiting)).isEqualTo(Outcome.NO_SERVER);
    }

    @Test
    void shouldGiveWaitingSessionsToAServerThatComesUp() {
        fixture.server("s1").maxConn = 1;
        fixture.server("s2").maxConn = 1;
        ServerPool pool = fixture.start();
        pool.control().stop(pool.server("s2"), "");
        assertThat(pool.dispatcher.assign(fixture.place())).isEqualTo(Outcome.ASSIGNED);
        Place waiting = fixture.place();
        assertThat(pool.dispatcher.assign(waiting)).isEqualTo(Outcome.QUEUED);

        pool.control().run(pool.server("s2"), "");

        assertThat(waiting.server).isSameAs(pool.server("s2"));
        assertThat(fixture.messages.getLast()).contains("1 sessions requeued, 0 total in queue.");
    }

    @Test
    void shouldEndSessionsWhenConfiguredTo() {
        fixture.server("s1").isShutdownOnDown = true;
        fixture.server("b1").isBackup = true;
        fixture.settings.servers.getFirst().isBackupShutdownOnUp = true;
        ServerPool pool = fixture.start();
        pool.dispatcher.assign(fixture.place());

        pool.control().stop(pool.server("s1"), "");
        pool.dispatcher.assign(fixture.place());
        pool.control().run(pool.server("s1"), "");

        assertThat(fixture.kills).containsExactly(Cause.SERVER_DOWN, Cause.ACTIVE_UP);
    }

    @Test
    void shouldWarmUpInSteps() {
        fixture.server("s1").weight = 10;
        fixture.settings.servers.getFirst().slowStartMs = 4000;
        fixture.settings.servers.getFirst().maxConn = 100;
        ServerPool pool = fixture.start();
        Server server = pool.server("s1");
        assertThat(server.warmth()).isEqualTo(16);

        pool.control().stop(server, "");
        pool.control().run(server, "");

        assertThat(server.state()).isEqualTo(ServerState.STARTING);
        assertThat(server.warmth()).isEqualTo(1);
        fixture.advanceMs(1000);
        assertThat(server.warmth()).isEqualTo(5);
        fixture.advanceMs(2000);
        assertThat(server.warmth()).isEqualTo(13);
        assertThat(server.effectiveWeight()).isEqualTo(9);
        fixture.advanceMs(1000);
        assertThat(server.state()).isEqualTo(ServerState.RUNNING);
        assertThat(server.effectiveWeight()).isEqualTo(10);
        assertThat(fixture.messages.getLast()).startsWith("<5>Server l/s1 is UP. 1 active");
    }

    /** As in a rolling restart: drained, stopped, started, and made ready again when its checks have found it. */
    @Test
    void shouldGoOnWarmingUpWhenADrainEnds() {
        fixture.server("s1").weight = 10;
        fixture.settings.servers.getFirst().slowStartMs = 4000;
        ServerPool pool = fixture.start();
        Server server = pool.server("s1");
        pool.control().administer(server, AdminFlags.FORCED_DRAIN, true);
        pool.control().stop(server, "");
        pool.control().run(server, "");
        fixture.advanceMs(1500);

        pool.control().administer(server, AdminFlags.FORCED_DRAIN, false);

        fixture.advanceMs(2500);
        assertThat(server.state()).isEqualTo(ServerState.STARTING);
        assertThat(server.warmth()).isEqualTo(9);
        fixture.advanceMs(2000);
        assertThat(server.state()).isEqualTo(ServerState.RUNNING);
        assertThat(server.effectiveWeight()).isEqualTo(10);
    }

    @Test
    void shouldLimitSessionsWhileWarmingUp() {
        ServerSettings settings = fixture.server("s1");
        settings.slowStartMs = 10_000;
        settings.maxConn = 10;
        ServerPool pool = fixture.start();
        pool.control().stop(pool.server("s1"), "");
        pool.control().run(pool.server("s1"), "");
        assertThat(pool.dispatcher.assign(fixture.place())).isEqualTo(Outcome.ASSIGNED);
        Place second = fixture.place();
        assertThat(pool.dispatcher.assign(second)).isEqualTo(Outcome.QUEUED);

        fixture.advanceMs(2000);

        assertThat(second.phase).isEqualTo(Phase.HOLDING);
    }

    @Test
    void shouldDrainByWeightZero() {
        fixture.server("s1");
        fixture.server("s2");
        fixture.settings.balance = BalanceSettings.of(BalanceAlgorithms.LEAST_CONNECTIONS);
        ServerPool pool = fixture.start();

        pool.control().weight(pool.server("s1"), 0);

        for (int i = 0; i < 3; i++) {
            Place place = fixture.place();
            pool.dispatcher.assign(place);
            assertThat(place.server.name()).isEqualTo("s2");
        }
    }

    @Test
    void shouldNameTheStateAsStatisticsDo() {
        fixture.server("s1");
        ServerSettings tracker = fixture.server("t1");
        tracker.trackedBackend = "l";
        tracker.trackedServer = "s1";
        ServerPool pool = fixture.start();
        Server server = pool.server("s1");
        assertThat(StatusText.of(server)).isEqualTo("no check");

        pool.control().administer(server, AdminFlags.FORCED_DRAIN, true);
        assertThat(StatusText.of(server)).isEqualTo("DRAIN");
        pool.control().administer(server, AdminFlags.FORCED_MAINTENANCE, true);
        assertThat(StatusText.of(server)).isEqualTo("MAINT");
        assertThat(StatusText.of(pool.server("t1"))).isEqualTo("MAINT (via l/s1)");
    }

    private Place queueOn(ServerPool pool, Server server) {
        assertThat(pool.dispatcher.assign(fixture.place(server))).isEqualTo(Outcome.ASSIGNED);
        Place waiting = fixture.place(server);
        assertThat(pool.dispatcher.assign(waiting)).isEqualTo(Outcome.QUEUED);
        return waiting;
    }
}
