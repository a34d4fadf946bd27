package dev.weir.server;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.clock.Clock;
import dev.weir.stream.Cause;
import dev.weir.stream.LogLevel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** A pool of a test, with a clock that the test moves, timers that follow it, and the messages. */
final class PoolFixture {
    static final long MS_NS = 1_000_000L;

    final List<String> messages = new ArrayList<>();
    final List<Cause> kills = new ArrayList<>();
    final PoolSettings settings = new PoolSettings("l", 2);
    final FakeLoop loop = new FakeLoop(0);
    ServerPools pools;
    private long nowNs = 1_000 * MS_NS;
    private final PriorityQueue<Due> due = new PriorityQueue<>((a, b) -> Long.compare(a.atNs, b.atNs));

    private record Due(long atNs, Runnable task) {}

    final Clock clock = new Clock() {
        @Override
        public long nanoTime() {
            return nowNs;
        }

        @Override
        public long epochMicros() {
            return nowNs / 1000;
        }
    };

    ServerSettings server(String name) {
        ServerSettings server = new ServerSettings(name, settings.servers.size() + 1);
        server.endpoint = new Endpoint.Inet(InetAddress.getLoopbackAddress(), 1);
        settings.servers.add(server);
        return server;
    }

    ServerPool start() {
        Timers timers = (delayNs, task) -> due.add(new Due(nowNs + delayNs, task));
        pools = new ServerPools(new ServerEnvironment(clock, timers, this::report, 1));
        pools.apply(List.of(settings));
        return pools.pool("l");
    }

    private void report(String backend, LogLevel level, String text) {
        messages.add("<" + level.ordinal() + ">" + text);
    }

    void advanceMs(long ms) {
        long endNs = nowNs + ms * MS_NS;
        while (!due.isEmpty() && due.peek().atNs <= endNs) {
            nowNs = due.peek().atNs;
            due.poll().task.run();
        }
        nowNs = endNs;
    }

    Place place() {
        Place place = new Place();
        place.loop = loop;
        place.thread = Thread.currentThread();
        place.session = kills::add;
        return place;
    }

    Place place(Server direct) {
        Place place = place();
        place.direct = direct;
        return place;
    }
}
