package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.buffer.BlockPool.NONE;
import static dev.weir.bridge.kernel.SocketConstants.IPPROTO_TCP;
import static dev.weir.bridge.kernel.SocketConstants.MSG_NOSIGNAL;
import static dev.weir.bridge.kernel.SocketConstants.MSG_WAITALL;

import dev.weir.bridge.buffer.BlockPool;
import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.ring.UringConstants;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.SocketName;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One socket on a ring. What arrived and nobody has taken is a chain of blocks; one receive and one send at most are with the
 * kernel. The slot is released when the socket is closed and the last completion is in.
 *
 * <p>Thread: the loop's, or the one virtual thread of it that uses the connection.
 */
final class UringConnection implements Connection, Runnable {
    final UringEventLoop loop;
    final int fd;
    final int slot;
    private final int generation;
    private final long id;
    private final int family;
    private final ConnectionHandler handler;

    private int inputHead = NONE;
    private int inputTail = NONE;
    private int inputBlocks;
    private int inputBytes;
    private boolean inputEnded;

    private boolean receiveArmed;
    private boolean receiveCancelling;
    /** No block was left when the kernel wanted one; the loop arms the receive again. */
    private boolean starved;

    private boolean sendArmed;
    private int sendResult;
    private boolean connectArmed;
    private boolean pollInArmed;
    private boolean pollOutArmed;
    private boolean outputShut;
    private boolean open = true;
    private boolean killed;
    /** Error number that ended the connection, 0 while it lives. */
    private int failure;

    private Thread waiter;
    private UringRelay relay;
    private UnsafeBuffer view;

    UringConnection(
            UringEventLoop loop, int fd, int family, long id, int slot, int generation, ConnectionHandler handler) {
        this.loop = loop;
        this.fd = fd;
        this.family = family;
        this.id = id;
        this.slot = slot;
        this.generation = generation;
        this.handler = handler;
    }

    /** The life of an accepted connection. */
    @Override
    public void run() {
        try {
            handler.handle(this);
        } finally {
            if (relay == null) {
                close();
            }
        }
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public void peerName(SocketName out) {
        if (open) {
            loop.addresses().readPeer(loop.kernel(), fd, out);
        } else {
            out.clear();
        }
    }

    @Override
    public void localName(SocketName out) {
        if (open) {
            loop.addresses().readLocal(loop.kernel(), fd, out);
        } else {
            out.clear();
        }
    }

    // ---- input ----

    @Override
    public int receive(long deadlineNs) throws ConnectionFailure {
        int before = inputBytes;
        if (before >= INPUT_BYTES_MAX) {
            return 0;
        }
        while (true) {
            throwIfOver();
            if (inputBytes > before) {
                return inputBytes - before;
            }
            throwIfFailed();
            if (inputEnded) {
                return END_OF_STREAM;
            }
            if (loop.nanoTime() >= deadlineNs) {
                return lastReceive(before);
            }
            armReceiveOnce();
            await(deadlineNs);
        }
    }

    /** The deadline has passed: takes the receive back, but not what it brought meanwhile. */
    private int lastReceive(int before) throws ConnectionFailure {
        cancelReceive();
        while (receiveArmed) {
            await(Long.MAX_VALUE);
        }
        throwIfOver();
        if (inputBytes > before) {
            return inputBytes - before;
        }
        throwIfFailed();
        if (inputEnded) {
            return END_OF_STREAM;
        }
        throw new ConnectionFailure(ConnectionFailure.Kind.TIMED_OUT, Errno.ETIMEDOUT, "nothing received in time");
    }

    @Override
    public DirectBuffer input() {
        if (view == null) {
            view = new UnsafeBuffer(0, 0);
        }
        if (inputHead == NONE) {
            view.wrap(0, 0);
        } else {
            BlockPool pool = loop.pool();
            gather();
            view.wrap(pool.address(inputHead) + pool.offset(inputHead), pool.length(inputHead));
        }
        return view;
    }

    /** Makes the held bytes contiguous: they fit in one block, since no more than a block's worth is ever asked for. */
    private void gather() {
        BlockPool pool = loop.pool();
        while (inputBlocks > 1) {
            int head = inputHead;
            int second = pool.next(head);
            int total = pool.length(head) + pool.length(second);
            if (total > pool.blockBytes()) {
                return;
            }
            if (pool.offset(head) + total > pool.blockBytes()) {
                loop.move(pool.address(head) + pool.offset(head), pool.address(head), pool.length(head));
                pool.fill(head, 0, pool.length(head));
            }
            long free = pool.address(head) + pool.offset(head) + pool.length(head);
            loop.move(pool.address(second) + pool.offset(second), free, pool.length(second));
            pool.fill(head, pool.offset(head), total);
            pool.next(head, pool.next(second));
            inputTail = inputTail == second ? head : inputTail;
            inputBlocks--;
            loop.giveBack(second);
        }
    }

    @Override
    public int available() {
        return inputBytes;
    }

    @Override
    public boolean inputEnded() {
        return inputEnded;
    }

    @Override
    public void consume(int bytes) {
        BlockPool pool = loop.pool();
        int left = bytes;
        while (left > 0) {
            int taken = Math.min(left, pool.length(inputHead));
            pool.consume(inputHead, taken);
            inputBytes -= taken;
            left -= taken;
            if (pool.length(inputHead) == 0) {
                dropHead();
            }
        }
    }

    private void dropHead() {
        int head = inputHead;
        inputHead = loop.pool().next(head);
        if (inputHead == NONE) {
            inputTail = NONE;
        }
        inputBlocks--;
        loop.giveBack(head);
    }

    private void append(int block, int bytes) {
        BlockPool pool = loop.pool();
        pool.fill(block, 0, bytes);
        pool.next(block, NONE);
        if (inputTail == NONE) {
            inputHead = block;
        } else {
            pool.next(inputTail, block);
        }
        inputTail = block;
        inputBlocks++;
        inputBytes += bytes;
    }

    int inputHead() {
        return inputHead;
    }

    int inputBlocks() {
        return inputBlocks;
    }

    // ---- receiving ----

    private void armReceiveOnce() {
        if (receiveArmed || starved) {
            return;
        }
        receiveArmed = true;
        int space = INPUT_BYTES_MAX - inputBytes;
        loop.ring().next().receive(fd, UringEventLoop.BUFFER_GROUP, space, 0, userData(UserData.RECEIVE));
    }

    /** Lets data come by itself; the relay sees it. */
    void armReceiveMultishot() {
        if (receiveArmed || starved || inputEnded || failure != 0 || !open) {
            return;
        }
        receiveArmed = true;
        loop.ring()
                .next()
                .receive(fd, UringEventLoop.BUFFER_GROUP, 0, UringConstants.RECV_MULTISHOT, userData(UserData.RECEIVE));
    }

    /** Blocks are back. */
    void unstarve() {
        starved = false;
        if (!open) {
            return;
        }
        if (relay != null) {
            relay.onInput(this, 0);
        } else {
            wake();
        }
    }

    boolean isReceiving() {
        return receiveArmed;
    }

    boolean isPausing() {
        return receiveCancelling;
    }

    boolean isStarved() {
        return starved;
    }

    void cancelReceive() {
        if (receiveArmed && !receiveCancelling) {
            receiveCancelling = true;
            loop.cancel(userData(UserData.RECEIVE));
        }
    }

    void onReceive(int result, int flags) {
        if ((flags & UringConstants.CQE_MORE) == 0) {
            receiveArmed = false;
            receiveCancelling = false;
        }
        boolean hasBlock = (flags & UringConstants.CQE_BUFFER) != 0;
        int block = hasBlock ? loop.takeArrived(flags >>> UringConstants.CQE_BUFFER_SHIFT) : NONE;
        if (result > 0 && open) {
            append(block, result);
        } else {
            if (hasBlock) {
                loop.giveBack(block);
            }
            noteEnd(result);
        }
        afterReceive(Math.max(0, result));
    }

    private void noteEnd(int result) {
        if (result == 0) {
            inputEnded = true;
        } else if (result == -Errno.ENOBUFS) {
            starve();
        } else if (result < 0 && result != -Errno.ECANCELED && result != -Errno.EINTR && result != -Errno.EAGAIN) {
            failure = -result;
        }
    }

    private void starve() {
        if (open) {
            starved = true;
            loop.starve(this);
        }
    }

    /** Hands the news to whoever waits: the relay, a virtual thread, or the slot table. */
    private void afterReceive(int bytes) {
        if (relay != null) {
            relay.onInput(this, bytes);
        } else if (open) {
            wake();
        } else {
            releaseWhenQuiet();
        }
    }

    // ---- output ----

    @Override
    public void send(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure {
        if (source.byteArray() == null) {
            sendFrom(source.addressOffset() + offset, length, deadlineNs);
            return;
        }
        BlockPool pool = loop.pool();
        int block = pool.take();
        if (block == NONE) {
            throw new ConnectionFailure(
                    ConnectionFailure.Kind.NO_RESOURCE, Errno.ENOBUFS, "no block left to send from");
        }
        try {
            for (int sent = 0; sent < length; ) {
                int part = Math.min(length - sent, pool.blockBytes());
                new UnsafeBuffer(pool.address(block), part).putBytes(0, source, offset + sent, part);
                sendFrom(pool.address(block), part, deadlineNs);
                sent += part;
            }
        } finally {
            pool.giveBack(block);
        }
    }

    private void sendFrom(long address, int length, long deadlineNs) throws ConnectionFailure {
        int sent = 0;
        while (sent < length) {
            throwIfOver();
            throwIfFailed();
            submitSend(address + sent, length - sent, MSG_NOSIGNAL | MSG_WAITALL);
            int result = awaitSend(deadlineNs);
            if (result > 0) {
                sent += result;
            } else if (result == -Errno.ECANCELED) {
                throwIfOver();
                throw new ConnectionFailure(ConnectionFailure.Kind.TIMED_OUT, Errno.ETIMEDOUT, "not sent in time");
            } else if (result != -Errno.EINTR && result != -Errno.EAGAIN) {
                failure = -result;
            }
        }
    }

    private int awaitSend(long deadlineNs) {
        boolean cancelling = false;
        while (sendArmed) {
            if (!cancelling && (killed || loop.nanoTime() >= deadlineNs)) {
                cancelling = true;
                loop.cancel(userData(UserData.SEND));
            }
            await(cancelling ? Long.MAX_VALUE : deadlineNs);
        }
        return sendResult;
    }

    void submitSend(long address, int length, int messageFlags) {
        sendArmed = true;
        loop.ring().next().send(fd, address, length, messageFlags, userData(UserData.SEND));
    }

    boolean isSending() {
        return sendArmed;
    }

    void cancelSend() {
        if (sendArmed) {
            loop.cancel(userData(UserData.SEND));
        }
    }

    void onSent(int result) {
        sendArmed = false;
        sendResult = result;
        if (relay != null) {
            relay.onSent(this, result);
        } else if (open) {
            wake();
        } else {
            releaseWhenQuiet();
        }
    }

    @Override
    public void shutdownOutput() {
        if (open && !outputShut) {
            outputShut = true;
            int result = loop.kernel().shutdown(fd, SocketConstants.SHUT_WR);
            if (result < 0 && result != -Errno.ENOTCONN) {
                failure = -result;
            }
        }
    }

    boolean isOutputShut() {
        return outputShut;
    }

    // ---- readiness, for the splicing relay ----

    void pollIn() {
        if (!pollInArmed) {
            pollInArmed = true;
            loop.ring().next().poll(fd, UringEventLoop.POLL_IN_EVENTS, userData(UserData.POLL_IN));
        }
    }

    void pollOut() {
        if (!pollOutArmed) {
            pollOutArmed = true;
            loop.ring().next().poll(fd, UringEventLoop.POLL_OUT_EVENTS, userData(UserData.POLL_OUT));
        }
    }

    boolean isPolling() {
        return pollInArmed || pollOutArmed;
    }

    void cancelPolls() {
        if (pollInArmed) {
            loop.cancel(userData(UserData.POLL_IN));
        }
        if (pollOutArmed) {
            loop.cancel(userData(UserData.POLL_OUT));
        }
    }

    void onPollIn() {
        pollInArmed = false;
        onReadiness(true);
    }

    void onPollOut() {
        pollOutArmed = false;
        onReadiness(false);
    }

    private void onReadiness(boolean input) {
        if (relay != null) {
            relay.onReady(this, input);
        } else if (!open) {
            releaseWhenQuiet();
        }
    }

    /** For the relay, which reads by splice: nothing more will come. */
    void endInput() {
        inputEnded = true;
    }

    void fail(int errno) {
        failure = errno;
    }

    int failure() {
        return failure;
    }

    // ---- connecting ----

    void connect(long address, int addressBytes, long deadlineNs) throws ConnectionFailure {
        connectArmed = true;
        loop.ring().next().connect(fd, address, addressBytes, userData(UserData.CONNECT));
        boolean cancelling = false;
        while (connectArmed) {
            if (!cancelling && (killed || loop.nanoTime() >= deadlineNs)) {
                cancelling = true;
                loop.cancel(userData(UserData.CONNECT));
            }
            await(cancelling ? Long.MAX_VALUE : deadlineNs);
        }
        if (failure != 0) {
            throw connectFailure(failure);
        }
        throwIfOver();
    }

    private ConnectionFailure connectFailure(int errno) {
        ConnectionFailure.Kind kind = Failures.ofConnect(errno, killed, loop.isEnding());
        return new ConnectionFailure(kind, errno == Errno.ECANCELED ? Errno.ETIMEDOUT : errno, Errno.text(errno));
    }

    void onConnected(int result) {
        connectArmed = false;
        if (result < 0) {
            failure = -result;
        }
        if (open) {
            wake();
        } else {
            releaseWhenQuiet();
        }
    }

    // ---- relaying ----

    void attach(UringRelay relay) {
        this.relay = relay;
    }

    void detach() {
        relay = null;
    }

    boolean isQuiet() {
        return !receiveArmed && !sendArmed && !connectArmed && !pollInArmed && !pollOutArmed;
    }

    // ---- the end ----

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        while (inputHead != NONE) {
            dropHead();
        }
        inputBytes = 0;
        if (starved) {
            starved = false;
            loop.unstarve(this);
        }
        cancelReceive();
        cancelSend();
        cancelPolls();
        loop.ring().next().close(fd, UserData.of(UserData.NOBODY, slot, generation));
        loop.onClosed();
        releaseWhenQuiet();
    }

    private void releaseWhenQuiet() {
        if (!open && isQuiet()) {
            loop.release(this);
        }
    }

    @Override
    public void reset() {
        if (open) {
            loop.sockets().lingerZero(fd);
            close();
        }
    }

    /** HAProxy's way: a socket in repair mode closes without a word; who may not repair sends its RST no further than this host. */
    @Override
    public void silentDrop() {
        if (!open) {
            return;
        }
        if (loop.sockets().set(fd, IPPROTO_TCP, SocketConstants.TCP_REPAIR, 1) < 0) {
            if (family == SocketConstants.AF_INET) {
                loop.sockets().set(fd, SocketConstants.IPPROTO_IP, SocketConstants.IP_TTL, 1);
            } else if (family == SocketConstants.AF_INET6) {
                loop.sockets().set(fd, SocketConstants.IPPROTO_IPV6, SocketConstants.IPV6_UNICAST_HOPS, 1);
            }
            loop.sockets().lingerZero(fd);
        }
        close();
    }

    @Override
    public void kill() {
        loop.execute(this::killHere);
    }

    void killHere() {
        killed = true;
        if (!open) {
            return;
        }
        if (relay != null) {
            relay.kill();
        } else {
            wake();
        }
    }

    boolean isKilled() {
        return killed;
    }

    private void throwIfOver() throws ConnectionFailure {
        if (killed) {
            throw loop.isEnding()
                    ? new ConnectionFailure(ConnectionFailure.Kind.CLOSED, 0, "the loop stops")
                    : new ConnectionFailure(ConnectionFailure.Kind.KILLED, 0, "killed");
        }
        if (!open) {
            throw new ConnectionFailure(ConnectionFailure.Kind.CLOSED, 0, "the connection is closed");
        }
    }

    private void throwIfFailed() throws ConnectionFailure {
        if (failure != 0) {
            throw new ConnectionFailure(Failures.ofTraffic(failure), failure, Errno.text(failure));
        }
    }

    private void await(long deadlineNs) {
        waiter = Thread.currentThread();
        loop.parkUntil(deadlineNs);
        waiter = null;
    }

    private void wake() {
        if (waiter != null) {
            loop.unpark(waiter);
        }
    }

    private long userData(int operation) {
        return UserData.of(operation, slot, generation);
    }

    // ---- socket options ----

    @Override
    public void mark(int mark) {
        loop.sockets().set(fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_MARK, mark);
    }

    @Override
    public void tos(int tos) {
        if (family != SocketConstants.AF_UNIX) {
            loop.sockets().tos(fd, family, tos);
        }
    }

    @Override
    public long tcpInfo(TcpInfo figure) {
        if (!open || family == SocketConstants.AF_UNIX) {
            return -1;
        }
        long bytes = loop.sockets().getBytes(fd, IPPROTO_TCP, SocketConstants.TCP_INFO, 104);
        return bytes < 0 ? -1 : loop.sockets().cellInt(offsetOf(figure)) & 0xFFFF_FFFFL;
    }

    /** Offsets in struct tcp_info of linux/tcp.h: eight bytes of flags, then u32 fields. */
    private static int offsetOf(TcpInfo figure) {
        return switch (figure) {
            case UNACKED -> 24;
            case SACKED -> 28;
            case LOST -> 32;
            case RETRANSMITS -> 36;
            case FACKETS -> 40;
            case RTT_US -> 68;
            case RTT_VARIANCE_US -> 72;
            case REORDERING -> 88;
        };
    }
}
