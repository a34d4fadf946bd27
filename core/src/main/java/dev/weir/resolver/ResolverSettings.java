package dev.weir.resolver;

import java.util.List;

/**
 * A {@code resolvers} section. Immutable.
 *
 * @param retries how often a question is sent, the first time included
 * @param resolveMs {@code timeout resolve}: from the end of a resolution to the next one of that name
 * @param retryMs {@code timeout retry}: how long an answer is waited for
 * @param payloadBytes {@code accepted_payload_size}: the longest answer by UDP
 * @param families {@code dns-accept-family}
 */
public record ResolverSettings(
        String name,
        List<NameServerSettings> nameServers,
        HoldTimes hold,
        int retries,
        long resolveMs,
        long retryMs,
        int payloadBytes,
        AcceptedFamilies families) {

    /** Bytes of the header of a message: the least that may be accepted. */
    public static final int PAYLOAD_BYTES_MIN = 12;

    public static final int PAYLOAD_BYTES_MAX = 65_535;

    /** A section that says nothing but its name. */
    public static ResolverSettings named(String name) {
        return new ResolverSettings(name, List.of(), HoldTimes.DEFAULT, 3, 1000, 1000, 512, AcceptedFamilies.BOTH);
    }
}
