package dev.weir.config.compile;

import dev.weir.config.check.AddressResolver;
import dev.weir.config.model.ByteText;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.ResolversSection;
import dev.weir.config.model.ResolversSection.NameServerLine;
import dev.weir.resolver.AcceptedFamilies;
import dev.weir.resolver.NameServerSettings;
import dev.weir.resolver.ResolverSettings;
import java.net.InetSocketAddress;
import java.util.List;

/** Makes the settings of {@code resolvers} sections. */
public final class ResolverCompiler {
    private ResolverCompiler() {}

    /** In order of declaration; the checks have found the addresses. */
    public static List<ResolverSettings> compile(Configuration configuration, AddressResolver resolver) {
        return configuration.resolvers().stream()
                .map(section -> settings(section, configuration.global().acceptedFamilies(), resolver))
                .toList();
    }

    private static ResolverSettings settings(
            ResolversSection section, AcceptedFamilies families, AddressResolver resolver) {
        return new ResolverSettings(
                ByteText.toNative(section.name()),
                section.nameServers().stream()
                        .map(line -> nameServer(line, resolver))
                        .toList(),
                section.hold(),
                section.retries(),
                section.resolveMs(),
                section.retryMs(),
                section.payloadBytes(),
                families);
    }

    private static NameServerSettings nameServer(NameServerLine line, AddressResolver resolver) {
        var address = new InetSocketAddress(
                resolver.resolve(line.address()), line.address().port());
        return new NameServerSettings(ByteText.toNative(line.name()), address, line.isStream());
    }
}
