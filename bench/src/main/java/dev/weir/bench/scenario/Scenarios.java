package dev.weir.bench.scenario;

import java.util.List;
import java.util.stream.Stream;

/** All scenarios. A new one is a row of one of these. */
public final class Scenarios {
    private static final List<Scenario> ALL = Stream.of(TcpScenarios.all(), HttpScenarios.all())
            .flatMap(List::stream)
            .toList();

    private Scenarios() {}

    public static List<Scenario> all() {
        return ALL;
    }
}
