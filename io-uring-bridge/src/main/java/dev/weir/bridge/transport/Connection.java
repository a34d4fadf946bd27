package dev.weir.bridge.transport;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/**
 * One stream socket. Reading borrows: received bytes stay in the loop's off-heap blocks and are seen through {@link #input()}
 * until {@link #consume} gives them up. Methods that wait park the calling virtual thread; deadlines are times of
 * {@link EventLoop#nanoTime()}, {@link Long#MAX_VALUE} waits for ever.
 *
 * <p>Thread: virtual threads of {@link #loop()} only, one at a time, except {@link #kill}.
 */
public interface Connection {
    /** What {@link #receive} returns when the peer has ended its stream and nothing more will come. */
    int END_OF_STREAM = -1;

    /** How much of what was written may be unsent before {@link #write} waits. */
    int OUTPUT_BYTES_MAX = 65536;

    EventLoop loop();

    /** A number that no other connection of this process has had. */
    long id();

    /** How many input bytes are held at most while nobody consumes them: further ones wait in the kernel. */
    default int inputBytesMax() {
        return loop().inputBytesMax();
    }

    /** Copies the peer's name; NONE if the kernel no longer knows it. */
    void peerName(SocketName out);

    /** Copies the local name; NONE if the kernel no longer knows it. */
    void localName(SocketName out);

    /**
     * Waits until more input is held than before.
     *
     * @return how many bytes arrived, or {@link #END_OF_STREAM}; 0 if {@link #inputBytesMax} are held already
     * @throws ConnectionFailure RESET, TIMED_OUT (the connection stays usable), KILLED
     */
    int receive(long deadlineNs) throws ConnectionFailure;

    /**
     * The same, unless the caller loses interest; the connection stays usable then, too.
     *
     * @param abort asked before the thread parks and whenever it is unparked; true ends the wait as a kill does
     * @throws ConnectionFailure as above
     */
    int receive(long deadlineNs, BooleanSupplier abort) throws ConnectionFailure;

    /**
     * All bytes that are held, contiguous, from index 0 to its capacity. Valid until the next call on this connection. The end of
     * the loop closes connections, but leaves what their sessions hold until they close them, too.
     */
    DirectBuffer input();

    /** How many bytes are held. */
    int available();

    /** Whether the peer has ended its stream (what is held may still be unread). */
    boolean inputEnded();

    /**
     * Receives from now on while nobody waits for it, until {@link #inputBytesMax} are held: unparks the watcher, a virtual
     * thread of this loop that does something else meanwhile, when {@link #inputEnded} or {@link #inputFailed} becomes true.
     * Nobody is unparked any more when {@link #receive} or a relay has taken over, but from then on input may grow whenever the
     * virtual thread waits for anything.
     */
    void watchInput(Thread watcher);

    /**
     * For a connection that no virtual thread serves: receives as {@link #watchInput} does, and runs a short task that does not
     * wait, once, on the loop, when there is something to see: {@link #available} bytes, the end, a failure, a kill. Whatever uses
     * the connection next, or another call with null, takes it back. A task that throws has the connection closed, unless a relay or
     * another task has it by then.
     *
     * @return false, and the task is not kept, if there is something already
     */
    boolean whenReadable(Runnable task);

    /** Whether receiving failed (reset); what was held before still is. */
    boolean inputFailed();

    /** Gives up the first bytes of {@link #input()}. */
    void consume(int bytes);

    /**
     * Takes the bytes, which may be reused on return, and sends them in order: what is written in one turn of the loop leaves
     * together at its end, without waking anybody. Waits first while {@link #OUTPUT_BYTES_MAX} or more are unsent; then takes at least
     * as many without another wait, unless no block is left.
     *
     * @param deadlineNs for that wait, and for what is still unsent when the connection is closed
     * @throws ConnectionFailure RESET, BROKEN_PIPE (also of what was written before), TIMED_OUT (part of the bytes may be gone), KILLED
     */
    void write(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure;

    /**
     * The wait that {@link #write} begins with: for who would put together what he writes in memory that others are to have meanwhile.
     *
     * @throws ConnectionFailure as write
     */
    void awaitRoom(long deadlineNs) throws ConnectionFailure;

    /** Waits until the kernel has all that was written; fails as {@link #write} does. */
    void flush(long deadlineNs) throws ConnectionFailure;

    /** Writes and flushes. */
    default void send(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure {
        write(source, offset, length, deadlineNs);
        flush(deadlineNs);
    }

    /** How many bytes of what was written the kernel has not taken yet. */
    int unsent();

    /** From now on until nothing is unsent: whoever waits in {@link #receive} is unparked, and his abort asked, when some of it has left. */
    void watchOutput();

    /** Half-close: the peer reads end of stream after all that was sent. Idempotent. */
    void shutdownOutput();

    /**
     * Closes, after what was written has left or its deadline has passed. Unread input makes the kernel send RST, as on any
     * socket. Idempotent.
     */
    void close();

    /** Closes with RST whatever was unsent or unread. Idempotent. */
    void reset();

    /**
     * Disappears: closes so that nothing, no FIN and no RST, tells the peer where the kernel lets us (TCP_REPAIR), else with an RST of TTL 1.
     *
     * @param ttl of an RST that is to leave in any case, for stateful firewalls on the way; 0 for none
     */
    void silentDrop(int ttl);

    boolean isOpen();

    /** From any thread: whatever the connection's virtual thread waits for, or will wait for, fails with KILLED. */
    void kill();

    /** Whether somebody has; the loop does so itself with a connection in whose events something of ours went wrong. */
    boolean isKilled();

    /** Sets SO_MARK. */
    void mark(int mark);

    /** Sets IP_TOS or IPV6_TCLASS. */
    void tos(int tos);

    /**
     * Sends bytes, and with them descriptors to the process at the other end of a UNIX socket. Nothing that was written before may be
     * unsent, and the kernel is to have room: the peer has acknowledged the message before.
     *
     * @param descriptors at most {@link DescriptorSocket#DESCRIPTORS_MAX}, which stay open here
     * @throws ConnectionFailure if the peer is gone, has no room, or is at the end of another kind of socket
     */
    void pass(byte[] bytes, List<Integer> descriptors) throws ConnectionFailure;

    /** A figure of the kernel's TCP_INFO, -1 where there is none. */
    long tcpInfo(TcpInfo figure);

    /** Figures of struct tcp_info (linux/tcp.h). Times in microseconds. */
    enum TcpInfo {
        RTT_US,
        RTT_VARIANCE_US,
        UNACKED,
        SACKED,
        LOST,
        RETRANSMITS,
        FACKETS,
        REORDERING
    }
}
