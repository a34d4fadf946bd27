package dev.weir.server.name;

import dev.weir.resolver.Resolver;
import dev.weir.resolver.Resolvers;
import dev.weir.server.NameSettings;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** All servers whose names are resolved at run time. They outlive configurations with their servers. */
public final class ServerNames {
    private final Resolvers resolvers;
    // the resolvers' thread's
    private final Map<Server, Asked> asked = new IdentityHashMap<>();
    private final Map<Service, ServicePlaces> services = new HashMap<>();
    /** Whether there have ever been any. The configuration's thread's. */
    private boolean isUsed;

    /** What is asked about a server; {@code places} is null unless SRV records place it. */
    private record Asked(NamedServer named, NameSettings settings, Resolver resolver, ServicePlaces places) {}

    private record Service(ServerPool pool, Resolver resolver, String name) {}

    public ServerNames(Resolvers resolvers) {
        this.resolvers = resolvers;
    }

    /** After pools and resolvers were put in force: what is the same as before goes on. Configurations are put in force one at a time. */
    public void apply(Collection<ServerPool> pools) {
        List<Server> wanted = new ArrayList<>();
        for (ServerPool pool : pools) {
            for (Server server : pool.servers()) {
                NameSettings naming = server.settings().naming;
                if (naming != null && naming.isResolvedAtRunTime()) {
                    wanted.add(server);
                }
            }
        }
        isUsed |= !wanted.isEmpty();
        if (isUsed) {
            resolvers.execute(() -> adopt(wanted));
        }
    }

    /** {@code set server fqdn}: returns when the new name is in force. Any thread but the resolvers'. */
    public void rename(Server server, String host) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        resolvers.execute(() -> {
            Asked known = asked.get(server);
            if (known != null && known.places == null) {
                server.pool().names().rename(server, host);
                known.named.ask(known.resolver, host);
            }
            done.complete(null);
        });
        done.join();
    }

    // ---- on the resolvers' thread ----

    private void adopt(List<Server> wanted) {
        Set<Server> kept = new HashSet<>(wanted);
        for (Server server : List.copyOf(asked.keySet())) {
            if (!kept.contains(server) || !isSame(server, asked.get(server))) {
                forget(server);
            }
        }
        services.values().removeIf(places -> {
            boolean isUnused = places.isUnused();
            if (isUnused) {
                places.stop();
            }
            return isUnused;
        });
        for (Server server : wanted) {
            if (!asked.containsKey(server)) {
                begin(server, server.settings().naming);
            }
        }
    }

    private boolean isSame(Server server, Asked known) {
        NameSettings naming = server.settings().naming;
        return known.settings.equals(naming) && known.resolver == resolvers.named(naming.resolvers());
    }

    private void forget(Server server) {
        Asked known = asked.remove(server);
        if (known.places != null) {
            known.places.remove(known.named);
        } else {
            known.named.stop();
        }
    }

    private void begin(Server server, NameSettings naming) {
        Resolver resolver = resolvers.named(naming.resolvers());
        if (resolver == null) {
            return; // another configuration is in force by now, and its servers come next
        }
        NamedServer named = new NamedServer(server);
        ServicePlaces places = null;
        if (naming.service() != null) {
            Service service = new Service(server.pool(), resolver, naming.service());
            places = services.computeIfAbsent(service, key -> new ServicePlaces(resolver, naming.service()));
            places.add(named);
        } else if (server.host() != null) {
            named.ask(resolver, server.host());
        }
        asked.put(server, new Asked(named, naming, resolver, places));
    }
}
