package dev.weir.listen;

import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.DescriptorSocket;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.TakenSocket;
import dev.weir.bridge.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Listening sockets of a process that ran before ({@code -x}), until somebody claims them. It is asked as HAProxy asks, so it may be
 * either: {@code _getsocks} on a stats socket with {@code expose-fd listeners} is answered with their number, and then messages that
 * carry descriptors and for each of them the names of its network namespace and its interface (a length byte before either) and
 * four bytes of zeros. Each message is acknowledged with a number. Thread: the one that boots.
 *
 * @see <a href="https://github.com/haproxy/haproxy/blob/v3.2.0/src/sock.c">sock_get_old_sockets in HAProxy's sock.c</a>
 */
public final class TakenSockets implements AutoCloseable {
    /** As HAProxy: who has not answered by then does not. */
    private static final int PATIENCE_MS = 1000;

    private static final int SOCKETS_MAX = 1 << 20;
    /** Far more than 252 sockets of a message can say. */
    private static final int MESSAGE_BYTES_MAX = 1 << 18;

    /** HAProxy and Weir bind a path beside itself first; the kernel keeps that name. */
    private static final Pattern BESIDE = Pattern.compile("\\.\\d+\\.tmp$");

    private final List<Taken> unclaimed = new ArrayList<>();

    private TakenSockets() {}

    private record Taken(TakenSocket socket, String namespace, String device) {}

    /** Of a process that took over nothing. */
    public static TakenSockets none() {
        return new TakenSockets();
    }

    /**
     * Takes what another process has.
     *
     * @param path of its stats socket
     * @throws IOException with HAProxy's words for the operator
     */
    public static TakenSockets from(String path) throws IOException {
        TakenSockets taken = new TakenSockets();
        try (DescriptorSocket old = connect(path)) {
            taken.receive(old);
            return taken;
        } catch (IOException e) {
            taken.close();
            throw e;
        }
    }

    private static DescriptorSocket connect(String path) throws IOException {
        try {
            return DescriptorSocket.connect(path, PATIENCE_MS, MESSAGE_BYTES_MAX);
        } catch (IOException e) {
            throw new IOException(
                    "Failed to connect to the old process socket '" + path + "' (" + e.getMessage() + ")", e);
        }
    }

    private void receive(DescriptorSocket old) throws IOException {
        List<Integer> descriptors = new ArrayList<>();
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        try {
            int count = count(old);
            byte[] message = new byte[MESSAGE_BYTES_MAX];
            while (descriptors.size() < count) {
                byte[] acknowledgement = number(descriptors.size());
                int received = old.receive(message, descriptors);
                if (received == 0) {
                    throw new IOException("We didn't get the expected number of sockets (expecting " + count + " got "
                            + descriptors.size() + ")");
                }
                names.write(message, 0, received);
                old.send(acknowledgement);
            }
            keep(descriptors, ByteBuffer.wrap(names.toByteArray()));
        } catch (IOException | RuntimeException e) {
            descriptors.forEach(TakenSocket::close);
            unclaimed.clear();
            throw e;
        }
    }

    private static int count(DescriptorSocket old) throws IOException {
        byte[] bytes = new byte[Integer.BYTES];
        int received;
        try {
            old.send("_getsocks\n");
            received = old.receive(bytes, new ArrayList<>());
        } catch (IOException e) {
            throw new IOException(
                    "Failed to get the number of sockets to be transferred ! (" + e.getMessage() + ")", e);
        }
        int count = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt();
        if (received != bytes.length || count < 0 || count > SOCKETS_MAX) {
            throw new IOException("Failed to get the number of sockets to be transferred !"
                    + (received == 0 ? " (is 'expose-fd listeners' on that stats socket?)" : ""));
        }
        return count;
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    private void keep(List<Integer> descriptors, ByteBuffer names) throws IOException {
        for (int descriptor : descriptors) {
            String namespace = name(names);
            String device = name(names);
            if (names.remaining() < Integer.BYTES) {
                throw new IOException("Inconsistency while transferring sockets");
            }
            names.getInt();
            TakenSocket socket = TakenSocket.of(descriptor);
            if (socket == null) {
                TakenSocket.close(descriptor); // a datagram socket of HAProxy's: nobody here wants it
            } else {
                unclaimed.add(new Taken(socket, namespace, device));
            }
        }
    }

    private static String name(ByteBuffer names) throws IOException {
        int length = names.hasRemaining() ? Byte.toUnsignedInt(names.get()) : -1;
        if (length < 0 || length > names.remaining()) {
            throw new IOException("Inconsistency while transferring sockets");
        }
        byte[] bytes = new byte[length];
        names.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Listens on what was taken for a purpose, each socket on one loop, so that nobody's backlog is lost; on loops that are left without
     * one, on sockets of their own. The listeners are open on return, or none is.
     *
     * @throws TransportException with a message for the operator
     */
    public List<Listener> listen(List<EventLoop> loops, ListenOptions wanted, ConnectionHandler handler)
            throws TransportException {
        List<TakenSocket> claimed = claim(wanted);
        List<Listener> listeners = new ArrayList<>();
        int next = 0;
        try {
            while (next < claimed.size()) {
                EventLoop loop = loops.get(next % loops.size());
                listeners.add(loop.adopt(claimed.get(next++), wanted, handler));
            }
            for (EventLoop loop : loops.subList(Math.min(next, loops.size()), loops.size())) {
                listeners.add(loop.listen(wanted, handler));
            }
            return listeners;
        } catch (TransportException e) {
            listeners.forEach(Listener::close);
            claimed.subList(next, claimed.size()).forEach(TakenSocket::close);
            throw e;
        }
    }

    /** All that listen where, and as, they are wanted; the caller owns them now. */
    private List<TakenSocket> claim(ListenOptions wanted) {
        List<TakenSocket> claimed = new ArrayList<>();
        for (Iterator<Taken> rest = unclaimed.iterator(); rest.hasNext(); ) {
            Taken taken = rest.next();
            if (fits(taken, wanted)) {
                claimed.add(taken.socket);
                rest.remove();
            }
        }
        return claimed;
    }

    private static boolean fits(Taken taken, ListenOptions wanted) {
        String device = wanted.socket.device == null ? "" : wanted.socket.device;
        return taken.namespace.isEmpty()
                && taken.device.equals(device)
                && taken.socket.transparent() == wanted.socket.transparent
                && taken.socket.v6Only() == (isIpv6(wanted.endpoint) && wanted.v6Only)
                && isSame(taken.socket.endpoint(), wanted.endpoint);
    }

    private static boolean isIpv6(Endpoint endpoint) {
        return endpoint instanceof Endpoint.Inet inet && inet.address().getAddress().length == 16;
    }

    private static boolean isSame(Endpoint taken, Endpoint wanted) {
        if (taken instanceof Endpoint.Unix bound && wanted instanceof Endpoint.Unix path) {
            return BESIDE.matcher(bound.path()).replaceFirst("").equals(path.path());
        }
        return taken.equals(wanted);
    }

    /** Closes what nobody has claimed: the configuration does not have it any more. */
    @Override
    public void close() {
        unclaimed.forEach(taken -> taken.socket.close());
        unclaimed.clear();
    }
}
