package dev.weir.bridge.transport;

/**
 * Socket options of a listener's connections or of an outgoing connection. Filled once, then only read, or owned as {@link ConnectOptions} are; a value of 0 or null
 * leaves the kernel's default. TCP_NODELAY is always set.
 */
public final class SocketOptions {
    /** SO_KEEPALIVE. */
    public boolean keepAlive;
    /** TCP_KEEPIDLE in seconds. */
    public int keepAliveIdleSeconds;
    /** TCP_KEEPINTVL in seconds. */
    public int keepAliveIntervalSeconds;
    /** TCP_KEEPCNT. */
    public int keepAliveCount;
    /** TCP_USER_TIMEOUT in milliseconds. */
    public int userTimeoutMs;
    /** TCP_MAXSEG in bytes; a negative value is subtracted from the MSS that the kernel found (bind's {@code mss}). */
    public int maxSegmentBytes;
    /** SO_RCVBUF in bytes. */
    public int receiveBufferBytes;
    /** SO_SNDBUF in bytes. */
    public int sendBufferBytes;
    /** SO_BINDTODEVICE. */
    public String device;
    /** SO_MARK, as far as the process may: it needs CAP_NET_ADMIN. */
    public int mark;
    /** IP_TOS or IPV6_TCLASS. */
    public int tos;
    /** SO_LINGER with 0: close resets. */
    public boolean noLinger;
    /** TCP_CONGESTION, such as {@code cubic}. */
    public String congestionControl;
    /** TCP_FASTOPEN_CONNECT of an outgoing connection, or TCP_FASTOPEN of a listener. */
    public boolean fastOpen;
    /** IP_TRANSPARENT or IPV6_TRANSPARENT. */
    public boolean transparent;

    /** Becomes equal to those. */
    public void copyFrom(SocketOptions options) {
        keepAlive = options.keepAlive;
        keepAliveIdleSeconds = options.keepAliveIdleSeconds;
        keepAliveIntervalSeconds = options.keepAliveIntervalSeconds;
        keepAliveCount = options.keepAliveCount;
        userTimeoutMs = options.userTimeoutMs;
        maxSegmentBytes = options.maxSegmentBytes;
        receiveBufferBytes = options.receiveBufferBytes;
        sendBufferBytes = options.sendBufferBytes;
        device = options.device;
        mark = options.mark;
        tos = options.tos;
        noLinger = options.noLinger;
        congestionControl = options.congestionControl;
        fastOpen = options.fastOpen;
        transparent = options.transparent;
    }
}
