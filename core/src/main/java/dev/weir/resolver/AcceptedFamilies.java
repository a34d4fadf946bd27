package dev.weir.resolver;

/** {@code dns-accept-family}: which families of addresses name servers are asked for; of another one nothing is taken. */
public enum AcceptedFamilies {
    IPV4,
    IPV6,
    BOTH,
    /** IPv4, and IPv6 as long as this machine has a way to it. */
    AUTO
}
