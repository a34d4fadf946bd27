package dev.weir.log;

import dev.weir.stream.LogOrigin;
import java.util.ArrayList;
import java.util.List;

/** Which lines a proxy writes by origin, and which of its targets get which. Immutable. */
final class LogRoutes {
    /** One line for those targets that get the same. */
    record Route(Logger logger, LogFormat text, LogFormat structuredData) {}

    private static final Route[] NO_ROUTES = {};

    private final Route[][] byOrigin = new Route[LogOrigin.values().length][];

    LogRoutes(Logger logger, SessionLog.Formats formats) {
        for (LogOrigin origin : LogOrigin.values()) {
            byOrigin[origin.ordinal()] = routes(logger, formats, origin);
        }
    }

    private static Route[] routes(Logger logger, SessionLog.Formats formats, LogOrigin origin) {
        List<Route> routes = new ArrayList<>();
        List<LogTarget> left = new ArrayList<>(logger.targets());
        while (!left.isEmpty()) {
            LogProfile profile = formats.profiles().getOrDefault(left.getFirst().profile(), LogProfile.NONE);
            List<LogTarget> same = left.stream()
                    .filter(target -> profile == formats.profiles().getOrDefault(target.profile(), LogProfile.NONE))
                    .toList();
            left.removeAll(same);
            LogProfile.Step step = profile.of(origin);
            if (!step.isDropped()) {
                LogFormat text = step.text() == null ? formats.of(origin) : step.text();
                LogFormat data = step.structuredData() == null ? formats.structuredData() : step.structuredData();
                routes.add(new Route(logger.with(profile.tag(), same), text, data));
            }
        }
        return routes.toArray(NO_ROUTES);
    }

    Route[] of(LogOrigin origin) {
        return byOrigin[origin.ordinal()];
    }

    /** Whether a line that is written at some time may show who the peers are. */
    boolean mayShowPeers() {
        for (Route[] routes : byOrigin) {
            for (Route route : routes) {
                if (mayShowPeers(route.text()) || mayShowPeers(route.structuredData())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean mayShowPeers(LogFormat format) {
        return format != null && format.mayShowPeers();
    }
}
