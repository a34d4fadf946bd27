package dev.weir.resolver;

import java.net.InetSocketAddress;

/**
 * A {@code nameserver} line. Immutable.
 *
 * @param isStream asked by TCP only; others are asked by UDP, and by TCP for answers that UDP truncates
 */
public record NameServerSettings(String name, InetSocketAddress address, boolean isStream) {}
