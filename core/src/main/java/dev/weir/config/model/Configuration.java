package dev.weir.config.model;

import java.util.List;

/** A whole configuration: all files of one run, merged. Proxies in order of declaration, with inherited settings filled in and ids assigned. */
public record Configuration(
        GlobalSection global,
        List<ProxySection> proxies,
        List<HttpErrorsSection> httpErrors,
        List<UserListSection> userLists,
        List<ResolversSection> resolvers,
        List<LogProfileSection> logProfiles) {

    /** The {@code log-profile} section of that name, or null. */
    public LogProfileSection logProfile(String name) {
        for (var section : logProfiles) {
            if (section.name().equals(name)) {
                return section;
            }
        }
        return null;
    }

    /** The {@code resolvers} section of that name, or null. */
    public ResolversSection resolvers(String name) {
        for (var section : resolvers) {
            if (section.name().equals(name)) {
                return section;
            }
        }
        return null;
    }

    /** The proxy of that name that takes connections, or null. */
    public ProxySection frontend(String name) {
        for (var proxy : proxies) {
            if (proxy.frontend() != null && proxy.name().equals(name)) {
                return proxy;
            }
        }
        return null;
    }

    /** The proxy of that name that has servers, or null. */
    public ProxySection backend(String name) {
        for (var proxy : proxies) {
            if (proxy.backend() != null && proxy.name().equals(name)) {
                return proxy;
            }
        }
        return null;
    }
}
