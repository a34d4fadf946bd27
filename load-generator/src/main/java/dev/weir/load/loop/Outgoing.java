package dev.weir.load.loop;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages on their way out. One is sent from where it lies; several small ones are put together first, so that pipelining costs
 * one send. Thread: the one that has the connection.
 */
public final class Outgoing {
    private static final int GATHERED_BYTES_MAX = 65536;

    /** Made when it is first needed. */
    private UnsafeBuffer gathered;

    private int gatheredBytes;
    private final UnsafeBuffer[] waiting;
    private int waitingCount;

    public Outgoing(int messagesMax) {
        waiting = new UnsafeBuffer[messagesMax];
    }

    public void add(UnsafeBuffer message) {
        if (message.capacity() > 0) {
            waiting[waitingCount++] = message;
        }
    }

    public void clear() {
        waitingCount = 0;
    }

    /** Sends all that was added; returns how many bytes that were. */
    public long flush(Connection connection, long deadlineNs) throws ConnectionFailure {
        long bytes = 0;
        int count = waitingCount;
        waitingCount = 0;
        for (int i = 0; i < count; i++) {
            UnsafeBuffer message = waiting[i];
            bytes += message.capacity();
            if (count == 1) {
                connection.send(message, 0, message.capacity(), deadlineNs);
            } else {
                gather(connection, message, deadlineNs);
            }
        }
        sendGathered(connection, deadlineNs);
        return bytes;
    }

    private void gather(Connection connection, UnsafeBuffer message, long deadlineNs) throws ConnectionFailure {
        if (gatheredBytes + message.capacity() > GATHERED_BYTES_MAX) {
            sendGathered(connection, deadlineNs);
        }
        if (message.capacity() > GATHERED_BYTES_MAX) {
            connection.send(message, 0, message.capacity(), deadlineNs);
            return;
        }
        if (gathered == null) {
            gathered = new UnsafeBuffer(ByteBuffer.allocateDirect(GATHERED_BYTES_MAX));
        }
        gathered.putBytes(gatheredBytes, message, 0, message.capacity());
        gatheredBytes += message.capacity();
    }

    private void sendGathered(Connection connection, long deadlineNs) throws ConnectionFailure {
        if (gatheredBytes > 0) {
            int length = gatheredBytes;
            gatheredBytes = 0;
            connection.send(gathered, 0, length, deadlineNs);
        }
    }
}
