package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.kernel.SocketConstants.AF_INET6;
import static dev.weir.bridge.kernel.SocketConstants.AF_UNIX;
import static dev.weir.bridge.kernel.SocketConstants.IPPROTO_IPV6;
import static dev.weir.bridge.kernel.SocketConstants.IPPROTO_TCP;
import static dev.weir.bridge.kernel.SocketConstants.SOL_SOCKET;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.loop.OwnPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Opens a listening socket with the operator's wishes, or says what the kernel refused. Any thread but a loop's. */
final class ListeningSocket {
    private final Kernel kernel = new Kernel();
    private final SocketConfigurator sockets = new SocketConfigurator(kernel);
    private final SocketAddress address = new SocketAddress();
    private final ListenOptions wished;
    private int fd;
    private int family;

    private ListeningSocket(ListenOptions wished) {
        this.wished = wished;
    }

    static UringListener open(UringEventLoop loop, ListenOptions wished, ConnectionHandler handler)
            throws TransportException {
        ListeningSocket socket = new ListeningSocket(wished);
        if (wished.endpoint instanceof Endpoint.Inherited inherited) {
            socket.inherit(inherited.fd());
        } else {
            socket.create();
        }
        return socket.listener(loop, handler);
    }

    /** Of another process: what may differ from what it wished for is set again. */
    static UringListener adopt(UringEventLoop loop, int descriptor, ListenOptions wished, ConnectionHandler handler)
            throws TransportException {
        ListeningSocket socket = new ListeningSocket(wished);
        socket.inherit(descriptor);
        socket.configureOpen();
        socket.check(socket.kernel.listen(descriptor, wished.backlog), "listen on");
        return socket.listener(loop, handler);
    }

    private UringListener listener(UringEventLoop loop, ConnectionHandler handler) {
        OwnPath path = wished.endpoint instanceof Endpoint.Unix unix ? OwnPath.of(Path.of(unix.path())) : null;
        return new UringListener(loop, fd, family, path, handler);
    }

    /** The descriptor is the listener's from now on, which closes it. */
    private void inherit(int inherited) throws TransportException {
        int listening = sockets.get(inherited, SOL_SOCKET, SocketConstants.SO_ACCEPTCONN);
        if (listening != 1) {
            throw new TransportException(
                    "cannot adopt " + wished.endpoint + ": "
                            + (listening < 0 ? Errno.text(-listening) : "it is not a listening socket"),
                    Math.max(0, -listening));
        }
        fd = inherited;
        family = sockets.get(fd, SOL_SOCKET, SocketConstants.SO_DOMAIN);
        int setDescriptorFlags = 2;
        int closeOnExec = 1;
        kernel.fcntl(fd, setDescriptorFlags, closeOnExec);
        int setStatusFlags = 4;
        kernel.fcntl(fd, setStatusFlags, SocketConstants.SOCK_NONBLOCK); // an accept of ours must never wait
        if (family != AF_UNIX) {
            sockets.set(fd, IPPROTO_TCP, SocketConstants.TCP_NODELAY, 1);
        }
    }

    private void create() throws TransportException {
        setAddress(wished.endpoint);
        family = address.family();
        int type = SocketConstants.SOCK_STREAM | SocketConstants.SOCK_NONBLOCK | SocketConstants.SOCK_CLOEXEC;
        fd = check(kernel.socket(family, type, 0), "create a socket for");
        configure();
        if (wished.endpoint instanceof Endpoint.Unix unix) {
            bindPath(unix.path());
        } else {
            check(kernel.bind(fd, address.address(), address.length()), "bind");
        }
        check(kernel.listen(fd, wished.backlog), "listen on");
    }

    private void setAddress(Endpoint endpoint) throws TransportException {
        try {
            address.set(endpoint);
        } catch (IllegalArgumentException e) {
            if (fd > 0) {
                kernel.close(fd);
            }
            throw new TransportException("cannot bind " + wished.endpoint + ": " + e.getMessage(), e);
        }
    }

    private void configure() throws TransportException {
        sockets.set(fd, SOL_SOCKET, SocketConstants.SO_REUSEADDR, 1);
        if (family != AF_UNIX && wished.reusePort) {
            check(sockets.set(fd, SOL_SOCKET, SocketConstants.SO_REUSEPORT, 1), "share the port of");
        }
        if (family == AF_INET6) {
            check(
                    sockets.set(fd, IPPROTO_IPV6, SocketConstants.IPV6_V6ONLY, wished.v6Only ? 1 : 0),
                    "choose the address family of");
        }
        configureOpen();
    }

    /** What may still be set when the socket listens. */
    private void configureOpen() throws TransportException {
        if (wished.deferAcceptSeconds > 0) {
            check(
                    sockets.set(fd, IPPROTO_TCP, SocketConstants.TCP_DEFER_ACCEPT, wished.deferAcceptSeconds),
                    "set defer-accept on");
        }
        if (wished.socket.fastOpen) {
            check(sockets.set(fd, IPPROTO_TCP, SocketConstants.TCP_FASTOPEN, wished.backlog), "set tfo on");
        }
        String refusal = sockets.apply(fd, family, wished.socket);
        if (refusal != null) {
            kernel.close(fd);
            throw new TransportException("cannot set " + refusal + " on " + wished.endpoint, 0);
        }
    }

    /** As HAProxy does it: a path that nobody listens on any more is taken over, through a temporary name so that it is never missing. */
    private void bindPath(String path) throws TransportException {
        Path temporary = Path.of(path + "." + ProcessHandle.current().pid() + ".tmp");
        setAddress(new Endpoint.Unix(temporary.toString()));
        try {
            Files.deleteIfExists(temporary);
            check(kernel.bind(fd, address.address(), address.length()), "bind");
            protect(temporary);
            Files.move(temporary, Path.of(path), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | UnsupportedOperationException e) {
            kernel.close(fd);
            delete(temporary);
            throw new TransportException("cannot bind " + wished.endpoint + ": " + e.getMessage(), e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException alsoRefused) {
            // What failed before is told.
        }
    }

    private void protect(Path path) throws IOException {
        if (wished.unixMode >= 0) {
            Files.setPosixFilePermissions(path, permissions(wished.unixMode));
        }
        if (wished.unixUid >= 0) {
            Files.setAttribute(path, "unix:uid", wished.unixUid);
        }
        if (wished.unixGid >= 0) {
            Files.setAttribute(path, "unix:gid", wished.unixGid);
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromHighestBit = PosixFilePermission.values();
        for (int bit = 0; bit < 9; bit++) {
            if ((mode & 1 << (8 - bit)) != 0) {
                permissions.add(fromHighestBit[bit]);
            }
        }
        return permissions;
    }

    private int check(int result, String what) throws TransportException {
        if (result < 0) {
            if (fd > 0) {
                kernel.close(fd);
            }
            throw new TransportException(
                    "cannot " + what + " " + wished.endpoint + ": " + Errno.text(-result), -result);
        }
        return result;
    }
}
