package dev.weir.bridge.transport;

/** How to open a listener. Filled once, then only read. */
public final class ListenOptions {
    /** Where. */
    public final Endpoint endpoint;
    /** Applied to the listening socket; what accepted sockets inherit, they inherit from it. */
    public final SocketOptions socket = new SocketOptions();
    /** The queue of connections that the kernel holds before they are accepted. */
    public int backlog = 1024;
    /** Several sockets, one a loop, share the port (SO_REUSEPORT). */
    public boolean reusePort = true;
    /** IPv6 wildcard: true takes IPv6 only, false both families. */
    public boolean v6Only = true;
    /** TCP_DEFER_ACCEPT: seconds, 0 is off. */
    public int deferAcceptSeconds;
    /** Permissions of a UNIX socket's path, -1 leaves the umask's. */
    public int unixMode = -1;
    /** Owner of a UNIX socket's path, -1 leaves it. */
    public int unixUid = -1;
    /** Group of a UNIX socket's path, -1 leaves it. */
    public int unixGid = -1;

    public ListenOptions(Endpoint endpoint) {
        this.endpoint = endpoint;
    }
}
