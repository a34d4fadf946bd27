package dev.weir.server;

import dev.weir.resolver.AddressPreference;
import java.util.Objects;

/**
 * The name that a server has instead of an address, and how it is resolved at run time. Immutable.
 *
 * @param resolvers section whose name servers are asked; null if the name was resolved at start, once
 * @param host null for a server that SRV records place, and for one that has an address but may get a name
 * @param service name of the SRV records, or null
 * @param ignoresWeight whether the weights of SRV records say nothing
 */
public record NameSettings(
        String resolvers, String host, String service, AddressPreference preference, boolean ignoresWeight) {

    boolean isNamedLike(NameSettings others) {
        return Objects.equals(host, others.host) && Objects.equals(service, others.service);
    }

    /** Whether its address is looked after at run time. */
    public boolean isResolvedAtRunTime() {
        return resolvers != null;
    }
}
