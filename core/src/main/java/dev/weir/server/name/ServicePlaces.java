package dev.weir.server.name;

import dev.weir.resolver.NameServer;
import dev.weir.resolver.Requester;
import dev.weir.resolver.Resolution;
import dev.weir.resolver.ResolvedRecord;
import dev.weir.resolver.Resolver;
import dev.weir.server.NameControl;
import dev.weir.server.Server;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The servers of one backend that SRV records of one name place: each record takes the first server that is free, and gives it host, port
 * and weight, and its address where that came along. What takes part has a resolver in common. Thread: the resolvers'.
 */
final class ServicePlaces implements Requester {
    private final Resolver resolver;
    private final Resolution resolution;
    private final ArrayDeque<NamedServer> free = new ArrayDeque<>();
    private final Map<ResolvedRecord, NamedServer> taken = new HashMap<>();

    ServicePlaces(Resolver resolver, String service) {
        this.resolver = resolver;
        this.resolution = resolver.link(service, Resolver.Kind.SERVICES, this);
    }

    void add(NamedServer place) {
        free.addLast(place);
    }

    void remove(NamedServer place) {
        place.stop();
        free.remove(place);
        taken.values().remove(place);
    }

    boolean isUnused() {
        return free.isEmpty() && taken.isEmpty();
    }

    Resolver resolver() {
        return resolver;
    }

    void stop() {
        resolver.unlink(resolution, this);
    }

    // ---- Requester ----

    @Override
    public void resolved(Resolution resolution, NameServer from) {
        List<ResolvedRecord> records = resolution.records();
        records.forEach(this::takeBack);
        for (NamedServer place : List.copyOf(free)) {
            if (place.server().host() != null) {
                clear(place);
            }
        }
        for (ResolvedRecord record : records) {
            if (!taken.containsKey(record) && !free.isEmpty()) {
                taken.put(record, free.removeFirst());
            }
            if (taken.containsKey(record)) {
                fill(taken.get(record), record);
            }
        }
    }

    /** A server that a record of that kind placed before a reload keeps its place. */
    private void takeBack(ResolvedRecord record) {
        for (NamedServer place : free) {
            boolean isIts = record.host().equals(place.server().host()) && place.isAt(record.port());
            if (isIts && !taken.containsKey(record)) {
                free.remove(place);
                taken.put(record, place);
                return;
            }
        }
    }

    private void fill(NamedServer place, ResolvedRecord record) {
        Server server = place.server();
        NameControl control = server.pool().names();
        place.port(record.port());
        boolean isNamed = record.host().equals(server.host());
        if (record.additional() != null) {
            place.stop(); // whoever answers for the service answers for the host
            control.move(server, record.additional(), record.port(), "DNS additional record");
        }
        if (!isNamed) {
            control.assign(server, record.host());
        }
        if (record.additional() == null && !place.asks()) {
            place.ask(resolver, record.host());
        }
        control.found(server);
        if (!server.settings().naming.ignoresWeight()) {
            control.weigh(server, record.weight());
        }
    }

    @Override
    public boolean failed(Resolution resolution) {
        if (!resolution.isPastHold()) {
            return true;
        }
        List.copyOf(taken.keySet()).forEach(this::vanished);
        return false;
    }

    @Override
    public void vanished(ResolvedRecord record) {
        NamedServer place = taken.remove(record);
        if (place != null) {
            free.addLast(place);
            clear(place);
        }
    }

    private static void clear(NamedServer place) {
        place.stop();
        place.lose("entry removed from SRV record");
        place.server().pool().names().rename(place.server(), null);
        place.port(0);
    }

    @Override
    public void retired() {
        List<NamedServer> places = new ArrayList<>(taken.values());
        taken.clear();
        free.addAll(places);
    }
}
