package dev.weir.config.model;

/**
 * {@code option forwardfor} or {@code option originalto}.
 *
 * @param header name of the field
 * @param except a network as written, empty for none
 * @param isIfNone {@code if-none}
 */
public record AddressFieldLine(String header, String except, boolean isIfNone) {}
