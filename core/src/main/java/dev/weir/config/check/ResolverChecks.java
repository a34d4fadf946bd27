package dev.weir.config.check;

import dev.weir.config.model.AddressSpec.Inet;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.ResolversSection;
import dev.weir.config.model.ResolversSection.NameServerLine;
import dev.weir.config.model.ServerLine;
import dev.weir.config.parse.Literals;
import dev.weir.resolver.Resolver;

/** {@code resolvers} sections, and the servers that refer to them. */
final class ResolverChecks {
    private ResolverChecks() {}

    static void section(ResolversSection section, AddressResolver resolver, Problems problems) {
        for (NameServerLine line : section.nameServers()) {
            Inet address = line.address();
            if (resolver.resolve(address) == null) {
                problems.alert(
                        line.at(),
                        "'nameserver " + line.name() + "' : invalid address: '" + address.host() + "' in '"
                                + address.text() + "'");
            }
        }
    }

    static void server(Configuration configuration, ProxySection proxy, ServerLine server, Problems problems) {
        String wanted = server.resolve().resolvers();
        if (wanted == null) {
            return;
        }
        if (configuration.resolvers(wanted) == null) {
            problems.alert(
                    server.at(),
                    proxy.title() + ", server '" + server.name() + "': unable to find required resolvers '" + wanted
                            + "'");
        }
        boolean isMalformed = server.address() instanceof Inet inet
                && !inet.isWildcard()
                && Literals.parse(inet.host()) == null
                && !Resolver.isName(inet.host());
        if (isMalformed) {
            problems.alert(
                    server.at(),
                    "'server " + proxy.name() + "/" + server.name() + "' : Can't create DNS resolution for server '"
                            + server.name() + "'");
        }
    }
}
