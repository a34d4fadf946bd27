package dev.weir.config.model;

import dev.weir.resolver.AddressPreference;

/**
 * How a server's name is resolved at run time.
 *
 * @param resolvers name of the section, null without one
 * @param ignoresWeight {@code resolve-opts ignore-weight}: weights of SRV records say nothing
 */
public record ResolveLine(String resolvers, AddressPreference preference, boolean ignoresWeight) {}
