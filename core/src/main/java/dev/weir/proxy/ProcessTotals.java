package dev.weir.proxy;

import dev.weir.stats.Counter;
import dev.weir.stats.DepartedTotals;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What the process has served since it began. No reload and no {@code clear counters} makes it less. Any thread. */
public final class ProcessTotals {
    private static final int CONNECTIONS = 0;
    private static final int REQUESTS = 1;
    private static final int STREAMS = 2;
    private static final int BYTES_OUT = 3;

    private final DepartedTotals<Frontend> departed = new DepartedTotals<>(
            frontend -> frontend.connections() > 0,
            List.of(
                    frontend -> counted(frontend, Counter.CONNECTIONS),
                    frontend -> counted(frontend, Counter.REQUESTS),
                    frontend -> counted(frontend, frontend.isHttp ? Counter.REQUESTS : Counter.SESSIONS),
                    frontend -> counted(frontend, Counter.BYTES_OUT)));
    private Collection<Frontend> present = List.of();

    private static long counted(Frontend frontend, Counter counter) {
        return frontend.state().counters().lifetime(counter);
    }

    /** Another configuration is in force. Those that were renewed count on in the same place. */
    synchronized void follow(Collection<Frontend> frontends) {
        Map<FrontendState, Frontend> stay = new IdentityHashMap<>();
        frontends.forEach(frontend -> stay.put(frontend.state(), frontend));
        departed.depart(present.stream()
                .filter(frontend -> !stay.containsKey(frontend.state()))
                .toList());
        present = frontends;
    }

    public long connections() {
        return total(CONNECTIONS);
    }

    public long requests() {
        return total(REQUESTS);
    }

    /** TCP sessions and HTTP requests: what HAProxy has a stream for. */
    public long streams() {
        return total(STREAMS);
    }

    /** To clients. */
    public long bytesOut() {
        return total(BYTES_OUT);
    }

    private synchronized long total(int figure) {
        return departed.total(figure, present);
    }
}
