package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.kernel.SocketConstants.MSG_DONTWAIT;
import static dev.weir.bridge.kernel.SocketConstants.MSG_NOSIGNAL;
import static dev.weir.bridge.kernel.SocketConstants.MSG_WAITALL;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.ring.SubmissionEntry;
import dev.weir.bridge.ring.UringConstants;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;

/**
 * A socket on a ring: what the kernel was asked for and has not answered yet, at most one request of each kind; and the virtual
 * thread that waits for it.
 *
 * <p>A request is taken back by its user data. Entries are executed in order, and a request's successor is queued only after its
 * last completion was seen, so a cancel never meets the successor: it stands before it in the queue.
 *
 * <p>A connection is one object in layers, of which this is the lowest; {@link RingInput}, {@link RingOutput} and
 * {@link RingEnd} follow. Many thousands may be idle, and as objects of their own the layers would cost each of them more than half as much again.
 *
 * <p>Thread: the loop's, or the one virtual thread of it that uses the connection.
 */
abstract class RingSocket {
    final UringEventLoop loop;
    final int fd;
    final int slot;
    private final int generation;
    private Thread waiter;
    private boolean open = true;
    private boolean killed;
    private boolean receiveArmed;
    private boolean receiveCancelling;
    private boolean receiveBounded;
    /** The last receive emptied the socket, so that to try at once would be in vain. */
    private boolean emptied;

    private boolean sendArmed;
    private boolean sendQuiet;
    private int sendBatch;
    private int sendLength;
    private boolean connectArmed;
    private boolean pollInArmed;
    private boolean pollOutArmed;

    RingSocket(UringEventLoop loop, int fd, int slot, int generation) {
        this.loop = loop;
        this.fd = fd;
        this.slot = slot;
        this.generation = generation;
    }

    // ---- life ----

    public final boolean isOpen() {
        return open;
    }

    final void markClosed() {
        open = false;
    }

    public final boolean isKilled() {
        return killed;
    }

    final void markKilled() {
        killed = true;
    }

    final boolean isOver() {
        return killed || !open;
    }

    final void throwIfOver() throws ConnectionFailure {
        if (killed && !loop.isEnding()) {
            throw new ConnectionFailure(Kind.KILLED, 0, "killed");
        }
        if (killed || !open) {
            throw new ConnectionFailure(Kind.CLOSED, 0, open ? "the loop stops" : "the connection is closed");
        }
    }

    static ConnectionFailure trafficFailure(int errno) {
        return new ConnectionFailure(Failures.ofTraffic(errno), errno, Errno.text(errno));
    }

    /** On the loop: whoever uses it finds it killed. */
    abstract void killHere();

    // ---- waiting ----

    /** Parks until something happens to the connection, or the deadline; may return for no reason. */
    final void await(long deadlineNs) {
        waiter = Thread.currentThread();
        loop.parkUntil(deadlineNs);
        waiter = null;
    }

    final boolean isAwaited() {
        return waiter != null;
    }

    final void wake() {
        if (waiter != null) {
            loop.unpark(waiter);
        }
    }

    // ---- requests ----

    /** Whether the kernel has nothing of ours, so that nothing will complete. */
    final boolean isQuiet() {
        return !sendArmed && isQuietButForSend();
    }

    final boolean isQuietButForSend() {
        return !receiveArmed && !connectArmed && !pollInArmed && !pollOutArmed;
    }

    private long userData(int operation) {
        return UserData.of(operation, slot, generation);
    }

    // ---- receiving ----

    final boolean isReceiving() {
        return receiveArmed;
    }

    /** One portion, of at most so many bytes. */
    final void submitReceive(int lengthMax) {
        submitReceive(lengthMax, emptied ? UringConstants.RECV_POLL_FIRST : 0);
    }

    /** Portion after portion, until taken back, out of blocks, or at so many bytes, if the kernel counts them. */
    final void submitReceiveAll(int bytesMax) {
        if (!loop.boundsReceives()) {
            submitReceive(0, UringConstants.RECV_MULTISHOT);
            return;
        }
        receiveArmed = true;
        receiveBounded = true;
        SubmissionEntry entry = loop.ring().next();
        entry.receiveUpTo(fd, BlockSupply.GROUP, bytesMax, UringConstants.RECV_MULTISHOT, userData(UserData.RECEIVE));
    }

    /** Whether the kernel does not know what a receive was asked for; it will not be asked again. */
    final boolean isReceiveRefused(int result) {
        if (result == -Errno.EINVAL && receiveBounded) {
            loop.boundReceivesNoMore();
            return true;
        }
        return false;
    }

    private void submitReceive(int lengthMax, int mode) {
        receiveArmed = true;
        receiveBounded = false;
        loop.ring().next().receive(fd, BlockSupply.GROUP, lengthMax, mode, userData(UserData.RECEIVE));
    }

    final void cancelReceive() {
        if (receiveArmed && !receiveCancelling) {
            receiveCancelling = true;
            loop.cancel(userData(UserData.RECEIVE));
        }
    }

    final void onReceiveCompleted(int flags) {
        emptied = (flags & UringConstants.CQE_SOCK_NONEMPTY) == 0;
        if ((flags & UringConstants.CQE_MORE) == 0) {
            receiveArmed = false;
            receiveCancelling = false;
        }
    }

    // ---- sending ----

    final boolean isSending() {
        return sendArmed;
    }

    /** Whether nothing will come when the send succeeds, so that the loop may not sleep if something depends on it. */
    final boolean isSendingQuietly() {
        return sendArmed && sendQuiet;
    }

    /** Whether this is the connection's send of that batch, and it has not failed. */
    final boolean isSendingQuietly(int batch) {
        return isSendingQuietly() && sendBatch == batch;
    }

    /** How many bytes the last send was to send. */
    final int sendLength() {
        return sendLength;
    }

    /** Completes when all is sent. */
    final void submitSendAll(long address, int length) {
        submitSend(address, length, MSG_NOSIGNAL | MSG_WAITALL, false);
    }

    /** Completes when something could be sent. */
    final void submitSendSome(long address, int length) {
        submitSend(address, length, MSG_NOSIGNAL, false);
    }

    /**
     * Sends what goes at once, and tells only of what does not, if the kernel can. Returns how many bytes it is to send: all, or
     * those of the first blocks.
     */
    final int submitSendNow(BlockChain chain) {
        boolean quiet = loop.sendsQuietly();
        int messageFlags = MSG_NOSIGNAL | MSG_DONTWAIT | (quiet ? MSG_WAITALL : 0);
        if (chain.blocks() == 1) {
            submitSend(chain.headAddress(), chain.headLength(), messageFlags, quiet);
        } else {
            submitGathered(chain, messageFlags, quiet);
        }
        if (quiet) {
            sendBatch = loop.quietSends().add(this);
        }
        return sendLength;
    }

    private void submitSend(long address, int length, int messageFlags, boolean quiet) {
        beginSend(length, quiet);
        loop.ring().next().send(fd, address, length, messageFlags, quiet, userData(UserData.SEND));
    }

    private void submitGathered(BlockChain chain, int messageFlags, boolean quiet) {
        SubmissionEntry entry = loop.ring().next();
        EntryMemory memory = loop.entryMemory();
        beginSend(memory.gather(entry.index(), chain), quiet);
        entry.sendMessage(fd, memory.header(entry.index()), messageFlags, quiet, userData(UserData.SEND));
    }

    final void beginSend(int length, boolean quiet) {
        sendArmed = true;
        sendQuiet = quiet;
        sendLength = length;
    }

    /** No failure of that batch came, so this send was one that succeeded, if it belongs to it. */
    abstract void onSentQuietly(int batch);

    final void cancelSend() {
        if (sendArmed) {
            loop.cancel(userData(UserData.SEND));
        }
    }

    final void onSendCompleted() {
        sendArmed = false;
    }

    // ---- connecting ----

    final boolean isConnecting() {
        return connectArmed;
    }

    final void submitConnect(SocketAddress address) {
        connectArmed = true;
        SubmissionEntry entry = loop.ring().next();
        long place = loop.entryMemory().copyAddress(entry.index(), address);
        entry.connect(fd, place, address.length(), userData(UserData.CONNECT));
    }

    final void cancelConnect() {
        loop.cancel(userData(UserData.CONNECT));
    }

    final void onConnectCompleted() {
        connectArmed = false;
    }

    // ---- readiness ----

    final void pollIn() {
        if (!pollInArmed) {
            pollInArmed = true;
            loop.ring().next().poll(fd, UringEventLoop.POLL_IN_EVENTS, userData(UserData.POLL_IN));
        }
    }

    final void pollOut() {
        if (!pollOutArmed) {
            pollOutArmed = true;
            loop.ring().next().poll(fd, UringEventLoop.POLL_OUT_EVENTS, userData(UserData.POLL_OUT));
        }
    }

    final void onPolled(boolean isInput) {
        if (isInput) {
            pollInArmed = false;
        } else {
            pollOutArmed = false;
        }
    }

    // ---- all together ----

    /** Asks for everything back; it completes all the same. */
    final void cancelAll() {
        cancelSend();
        cancelAllButSend();
    }

    final void cancelAllButSend() {
        cancelReceive();
        cancelPolls();
        if (connectArmed) {
            cancelConnect();
        }
    }

    final void cancelPolls() {
        if (pollInArmed) {
            loop.cancel(userData(UserData.POLL_IN));
        }
        if (pollOutArmed) {
            loop.cancel(userData(UserData.POLL_OUT));
        }
    }

    /** Closes the socket, after what is queued for it; nobody waits for that. */
    final void submitClose() {
        loop.ring().next().close(fd, userData(UserData.NOBODY));
    }
}
