package dev.weir.config.parse;

import dev.weir.config.model.AddressSpec.Inet;
import dev.weir.config.model.Position;
import dev.weir.config.model.ResolversSection;
import dev.weir.config.model.ResolversSection.NameServerLine;
import dev.weir.resolver.HoldTimes;
import dev.weir.resolver.ResolverSettings;
import java.util.ArrayList;
import java.util.List;

/** A {@code resolvers} section while it is read, with what HAProxy takes where nothing is said. Single-threaded. */
final class ResolversDraft {
    private static final ResolverSettings UNSAID = ResolverSettings.named("");

    final Position at;
    final String name;
    final Environment environment;
    final List<NameServerLine> nameServers = new ArrayList<>();
    long validMs = UNSAID.hold().validMs();
    long obsoleteMs = UNSAID.hold().obsoleteMs();
    long nxMs = UNSAID.hold().nxMs();
    long refusedMs = UNSAID.hold().refusedMs();
    long timeoutMs = UNSAID.hold().timeoutMs();
    long otherMs = UNSAID.hold().otherMs();
    int retries = UNSAID.retries();
    long resolveMs = UNSAID.resolveMs();
    long retryMs = UNSAID.retryMs();
    int payloadBytes = UNSAID.payloadBytes();

    ResolversDraft(Position at, String name, Environment environment) {
        this.at = at;
        this.name = name;
        this.environment = environment;
    }

    void add(Position at, String name, Inet address, boolean isStream) {
        nameServers.add(new NameServerLine(at, name, address, isStream));
    }

    /** The name server of that name, or null. */
    NameServerLine nameServer(String name) {
        for (NameServerLine line : nameServers) {
            if (line.name().equals(name)) {
                return line;
            }
        }
        return null;
    }

    ResolversSection build() {
        return new ResolversSection(
                at,
                name,
                at == Position.NONE,
                List.copyOf(nameServers),
                new HoldTimes(validMs, obsoleteMs, nxMs, refusedMs, timeoutMs, otherMs),
                retries,
                resolveMs,
                retryMs,
                payloadBytes);
    }
}
