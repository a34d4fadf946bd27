package dev.weir.rule;

import dev.weir.resolver.AddressPreference;
import dev.weir.resolver.NameLookup;

/** A {@code resolvers} section, as rules use it. Any thread. */
public interface NameResolver {
    /** A question that has not been asked yet. */
    NameLookup lookUp(String host, AddressPreference preference);
}
