package dev.weir.config.model;

/**
 * {@code agent-check} of one server.
 *
 * @param interMs 0 for the interval of the checks
 * @param port 0 for the server's
 * @param address null for the server's
 * @param greeting what it is sent first, empty for nothing; a byte string
 */
public record AgentLine(boolean enabled, long interMs, int port, AddressSpec.Inet address, String greeting) {}
