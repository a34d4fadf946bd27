package dev.weir.config.parse;

import dev.weir.config.model.ResolveLine;
import dev.weir.resolver.AddressPreference;
import dev.weir.sample.Network;
import java.util.List;

/** How a server's name is resolved at run time, while its line is read. Single-threaded. */
final class ResolveDraft {
    /** Null if nothing was said. */
    String resolvers;

    boolean isIpv4;
    List<Network> networks = List.of();
    boolean allowsDuplicates;
    boolean ignoresWeight;

    ResolveDraft() {}

    ResolveDraft(ResolveDraft from) {
        resolvers = from.resolvers;
        isIpv4 = from.isIpv4;
        networks = from.networks;
        allowsDuplicates = from.allowsDuplicates;
        ignoresWeight = from.ignoresWeight;
    }

    ResolveLine build() {
        return new ResolveLine(resolvers, new AddressPreference(isIpv4, networks, allowsDuplicates), ignoresWeight);
    }
}
