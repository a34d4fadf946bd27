package dev.weir.config.model;

import dev.weir.config.model.AddressSpec.Inet;
import dev.weir.resolver.HoldTimes;
import java.util.List;

/**
 * {@code resolvers}: name servers, and how they are asked.
 *
 * @param isImplicit nobody wrote it: {@code default}, with the name servers of the system
 * @param retries how often a question is sent, the first time included
 */
public record ResolversSection(
        Position at,
        String name,
        boolean isImplicit,
        List<NameServerLine> nameServers,
        HoldTimes hold,
        int retries,
        long resolveMs,
        long retryMs,
        int payloadBytes)
        implements Section {

    /** What HAProxy calls the section that is always there. */
    public static final String DEFAULT = "default";

    /**
     * One name server.
     *
     * @param isStream asked by TCP only
     */
    public record NameServerLine(Position at, String name, Inet address, boolean isStream) {}
}
