package dev.weir.config.model;

/**
 * {@code option forwarded}. Null for a part that is not told, empty for what the connection or the request says, else an expression.
 *
 * @param tellsProtocol {@code proto}
 */
public record ForwardedLine(
        Position at, boolean tellsProtocol, String host, String by, String byPort, String forNode, String forPort) {}
