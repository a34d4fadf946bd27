package dev.weir.cli.stat;

import static dev.weir.cli.stat.StatColumn.*;

import dev.weir.proxy.BindListener;
import dev.weir.proxy.Frontend;
import dev.weir.proxy.FrontendState;
import dev.weir.proxy.ProxyProcess;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.stats.Counters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes the rows of all proxies from what runs, in the order of the configuration. Any thread; stops nobody. */
public final class StatCollector {
    private final ProxyProcess process;

    public StatCollector(ProxyProcess process) {
        this.process = process;
    }

    /** All rows. */
    public List<StatRow> rows() {
        return stream().toList();
    }

    /** All rows, those of a proxy when it is reached: whoever answers somebody who reads slowly holds no more than these. */
    public Stream<StatRow> stream() {
        return proxies().stream().flatMap(proxy -> rows(proxy).stream());
    }

    private List<StatRow> rows(Proxy proxy) {
        List<StatRow> rows = new ArrayList<>();
        if (proxy.frontend != null) {
            rows.add(FrontendRow.of(proxy.frontend, process));
            addListeners(proxy.frontend, rows);
        }
        if (proxy.pool != null) {
            for (Server server : proxy.pool.servers()) {
                rows.add(ServerRow.of(server, nowNs()));
            }
            rows.add(BackendRow.of(proxy.pool, process.runningBackend(proxy.pool.name()), nowNs()));
        }
        return rows;
    }

    private record Proxy(int id, Frontend frontend, ServerPool pool) {}

    private List<Proxy> proxies() {
        List<Proxy> proxies = new ArrayList<>();
        for (Frontend frontend : process.frontends().values()) {
            ServerPool own = process.pools().pool(frontend.name());
            proxies.add(new Proxy(frontend.id(), frontend, own != null && own.id() == frontend.id() ? own : null));
        }
        for (ServerPool pool : process.pools().all()) {
            Frontend same = process.frontends().get(pool.name());
            if (same == null || same.id() != pool.id()) {
                proxies.add(new Proxy(pool.id(), null, pool));
            }
        }
        proxies.sort(Comparator.comparingInt(Proxy::id));
        return proxies;
    }

    private long nowNs() {
        return process.clock().nanoTime();
    }

    /** Those that count for themselves. */
    private void addListeners(Frontend frontend, List<StatRow> rows) {
        for (BindListener listener : process.listeners()) {
            Counters counters = listener.counters();
            if (counters != null && listener.frontend().id() == frontend.id()) {
                rows.add(ListenerRow.of(listener, counters, process));
            }
        }
    }

    /** {@code clear counters}: highest values; with {@code all}, counters as well. */
    public void clear(boolean all) {
        for (Frontend frontend : process.frontends().values()) {
            FrontendState state = frontend.state();
            state.gate().clearHighest();
            state.sessionRate().clearMaximum();
            state.connectionRate().clearMaximum();
            state.requestRate().clearMaximum();
            state.latencies().clear(all);
            clear(state.counters(), all);
        }
        for (BindListener listener : process.listeners()) {
            listener.gate().clearHighest();
            clear(listener.counters(), all);
        }
        for (ServerPool pool : process.pools().all()) {
            pool.clearHighest();
            pool.latencies().clear(all);
            clear(pool.counters(), all);
            for (Server server : pool.servers()) {
                server.clearHighest();
                server.latencies().clear(all);
                clear(server.counters(), all);
            }
        }
        process.gate().clearHighest();
        process.connectionRate().clearMaximum();
        process.newSessionRate().clearMaximum();
    }

    private static void clear(Counters counters, boolean all) {
        if (all && counters != null) {
            counters.clear();
        }
    }
}
