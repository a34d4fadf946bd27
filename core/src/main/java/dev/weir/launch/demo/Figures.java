package dev.weir.launch.demo;

import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.server.StatusText;
import dev.weir.server.check.Check;
import dev.weir.server.check.script.CheckResult;
import dev.weir.stats.Counter;
import java.util.ArrayList;
import java.util.List;

/** Reads what the display shows from the servers of the running proxy. Any thread. */
final class Figures {
    private Figures() {}

    static List<Row> of(ServerPool pool) {
        List<Row> rows = new ArrayList<>();
        for (Server server : pool.servers()) {
            rows.add(row(server));
        }
        return rows;
    }

    private static Row row(Server server) {
        return new Row(
                server.name(),
                server.settings().endpoint.toString(),
                StatusText.of(server),
                check(server),
                server.connections(),
                server.counters().get(Counter.SESSIONS),
                server.sessionRate(),
                server.counters().get(Counter.BYTES_IN),
                server.counters().get(Counter.BYTES_OUT));
    }

    private static String check(Server server) {
        if (!(server.health() instanceof Check check)) {
            return "";
        }
        CheckResult last = check.last();
        return last.status().text();
    }
}
