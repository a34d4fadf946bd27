package dev.weir.load.run;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Requests on their way out. One is sent from where it lies; several small ones are put together first, so that pipelining costs
 * one send. Thread: the user's.
 */
final class Outgoing {
    private static final int GATHERED_BYTES_MAX = 65536;

    /** Made when it is first needed. */
    private UnsafeBuffer gathered;

    private int gatheredBytes;
    private final UnsafeBuffer[] waiting;
    private int waitingCount;

    Outgoing(int requestsMax) {
        waiting = new UnsafeBuffer[requestsMax];
    }

    void add(UnsafeBuffer request) {
        if (request.capacity() > 0) {
            waiting[waitingCount++] = request;
        }
    }

    void clear() {
        waitingCount = 0;
    }

    /** Sends all that was added; returns how many bytes that were. */
    long flush(Connection connection, long deadlineNs) throws ConnectionFailure {
        long bytes = 0;
        int count = waitingCount;
        waitingCount = 0;
        for (int i = 0; i < count; i++) {
            UnsafeBuffer request = waiting[i];
            bytes += request.capacity();
            if (count == 1) {
                connection.send(request, 0, request.capacity(), deadlineNs);
            } else {
                gather(connection, request, deadlineNs);
            }
        }
        sendGathered(connection, deadlineNs);
        return bytes;
    }

    private void gather(Connection connection, UnsafeBuffer request, long deadlineNs) throws ConnectionFailure {
        if (gatheredBytes + request.capacity() > GATHERED_BYTES_MAX) {
            sendGathered(connection, deadlineNs);
        }
        if (request.capacity() > GATHERED_BYTES_MAX) {
            connection.send(request, 0, request.capacity(), deadlineNs);
            return;
        }
        if (gathered == null) {
            gathered = new UnsafeBuffer(ByteBuffer.allocateDirect(GATHERED_BYTES_MAX));
        }
        gathered.putBytes(gatheredBytes, request, 0, request.capacity());
        gatheredBytes += request.capacity();
    }

    private void sendGathered(Connection connection, long deadlineNs) throws ConnectionFailure {
        if (gatheredBytes > 0) {
            int length = gatheredBytes;
            gatheredBytes = 0;
            connection.send(gathered, 0, length, deadlineNs);
        }
    }
}
