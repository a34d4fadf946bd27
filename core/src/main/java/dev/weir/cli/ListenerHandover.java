package dev.weir.cli;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.DescriptorSocket;
import dev.weir.listen.SharedListener;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to {@code _getsocks}, by which a new process, HAProxy or Weir, takes the listening sockets of this one: see
 * {@link dev.weir.listen.TakenSockets} for what it says. Thread: the connection's.
 */
final class ListenerHandover {
    /** Of one message: for each listener two lengths, an interface's name and a number. */
    private static final int MESSAGE_BYTES_MAX = DescriptorSocket.DESCRIPTORS_MAX * (2 + 255 + Integer.BYTES);

    private static final long ACKNOWLEDGEMENT_NS = 1_000_000_000L;

    private final Connection client;

    private ListenerHandover(Connection client) {
        this.client = client;
    }

    /** @throws ConnectionFailure if the other process does not take them */
    static void send(Connection client, List<SharedListener> listeners) throws ConnectionFailure {
        new ListenerHandover(client).send(listeners);
    }

    private void send(List<SharedListener> listeners) throws ConnectionFailure {
        List<SharedListener> shared = new ArrayList<>();
        List<Integer> descriptors = new ArrayList<>();
        for (SharedListener listener : listeners) {
            int descriptor = listener.listener().share();
            if (descriptor >= 0) {
                shared.add(listener);
                descriptors.add(descriptor);
            }
        }
        client.pass(number(shared.size()), List.of());
        for (int first = 0; first < shared.size(); first += DescriptorSocket.DESCRIPTORS_MAX) {
            int end = Math.min(shared.size(), first + DescriptorSocket.DESCRIPTORS_MAX);
            client.pass(names(shared.subList(first, end)), descriptors.subList(first, end));
            client.receive(client.loop().nanoTime() + ACKNOWLEDGEMENT_NS);
            client.consume(client.available());
        }
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    private static byte[] names(List<SharedListener> listeners) {
        ByteBuffer names = ByteBuffer.allocate(MESSAGE_BYTES_MAX);
        for (SharedListener listener : listeners) {
            byte[] device = listener.device().getBytes(StandardCharsets.UTF_8);
            names.put((byte) 0).put((byte) device.length).put(device).putInt(0);
        }
        byte[] bytes = new byte[names.position()];
        names.flip().get(bytes);
        return bytes;
    }
}
