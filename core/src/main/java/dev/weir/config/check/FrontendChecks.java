package dev.weir.config.check;

import static dev.weir.config.check.ConfigurationChecks.place;

import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.BindLine;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.Mode;
import dev.weir.config.model.Position;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxySection;
import dev.weir.sample.Quantity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a proxy that takes connections refers to. */
final class FrontendChecks {
    private FrontendChecks() {}

    static void check(Configuration configuration, ProxySection proxy, Problems problems, AddressResolver resolver) {
        var frontend = proxy.frontend();
        if (frontend.binds().isEmpty() && !proxy.disabled()) {
            problems.warning(
                    proxy.at(),
                    proxy.title() + " has no 'bind' directive. Please declare it as a backend if this was intended.");
        }
        binds(proxy, problems, resolver);
        captures(proxy, problems);
        if (!frontend.defaultBackend().isEmpty()) {
            target(
                    configuration,
                    proxy,
                    "default_backend",
                    frontend.defaultBackend(),
                    frontend.defaultBackendAt(),
                    problems);
            if (proxy.backend() != null && !proxy.backend().servers().isEmpty()) {
                problems.warning(
                        frontend.defaultBackendAt(),
                        "In proxy '" + proxy.name()
                                + "', the 'default_backend' rule always has precedence over the servers, which will never be used.");
            }
        }
        for (var rule : frontend.useBackends()) {
            if (!rule.isDynamic()) {
                target(configuration, proxy, "use_backend", rule.target(), rule.at(), problems);
            }
        }
    }

    /** A rule's slot must exist; in a backend nobody knows which frontends it will serve. */
    private static void captures(ProxySection proxy, Problems problems) {
        for (var line : proxy.rules().lines()) {
            int at = line.words().indexOf("id");
            boolean isCapture = line.words().get(0).equals("capture")
                    && at > 0
                    && at + 1 < line.words().size();
            long slot = isCapture ? Quantity.integer(line.words().get(at + 1)) : -1;
            boolean ofRequest = !line.set().isOfResponses();
            if (slot >= proxy.frontend().captures().count(ofRequest)) {
                problems.alert(
                        line.at(),
                        "Proxy '" + proxy.name() + "': unable to find capture id '" + slot + "' referenced by "
                                + line.set().keyword() + " capture rule.");
            }
        }
    }

    private static void target(
            Configuration configuration,
            ProxySection proxy,
            String keyword,
            String name,
            Position at,
            Problems problems) {
        var target = configuration.backend(name);
        if (target == null) {
            problems.alert(
                    at, "Proxy '" + proxy.name() + "': unable to find required " + keyword + ": '" + name + "'.");
        } else if (target == proxy) {
            problems.alert(at, "Proxy '" + proxy.name() + "': loop detected for " + keyword + ": '" + name + "'.");
        } else if (proxy.mode() == Mode.HTTP && target.mode() == Mode.TCP) {
            problems.alert(
                    at,
                    proxy.title() + " (" + place(proxy) + ") tries to use incompatible " + target.title() + " ("
                            + place(target) + ") "
                            + (keyword.equals("use_backend") ? "in a 'use_backend' rule" : "as its default backend")
                            + " (see 'mode').");
        }
    }

    private static void binds(ProxySection proxy, Problems problems, AddressResolver resolver) {
        Map<Integer, BindLine> ids = new HashMap<>();
        Set<String> addresses = new HashSet<>();
        for (var bind : proxy.frontend().binds()) {
            BindLine same = bind.id() == 0 ? null : ids.putIfAbsent(bind.id(), bind);
            if (same != null) {
                problems.alert(
                        bind.at(),
                        "'bind " + bind.addresses().get(0).text() + "' in section '"
                                + proxy.kind().keyword() + "' : 'id' : custom id " + bind.id() + " already used at "
                                + same.at().file() + ":" + same.at().line() + " ('bind "
                                + same.addresses().get(0).text() + "')");
            }
            for (var address : bind.addresses()) {
                bindAddress(bind, address, problems, resolver);
                if (!addresses.add(address.text())) {
                    problems.diag(bind.at(), "'bind " + address.text() + "' is there twice in " + proxy.title() + ".");
                }
            }
        }
    }

    private static void bindAddress(BindLine bind, AddressSpec address, Problems problems, AddressResolver resolver) {
        if (address instanceof AddressSpec.Inet inet && resolver.resolve(inet) == null) {
            problems.alert(bind.at(), "'bind' : invalid address: '" + inet.host() + "' in '" + inet.text() + "'");
        }
    }
}
