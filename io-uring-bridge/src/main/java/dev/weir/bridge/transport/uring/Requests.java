package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.kernel.SocketConstants.MSG_DONTWAIT;
import static dev.weir.bridge.kernel.SocketConstants.MSG_NOSIGNAL;
import static dev.weir.bridge.kernel.SocketConstants.MSG_WAITALL;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.ring.SubmissionEntry;
import dev.weir.bridge.ring.UringConstants;

/**
 * What one connection has asked of the kernel and not yet heard of: at most one request of each kind.
 *
 * <p>A request is taken back by its user data. Entries are executed in order, and a request's successor is queued only after its
 * last completion was seen, so a cancel never meets the successor: it stands before it in the queue.
 *
 * <p>Thread: the loop's, or the one virtual thread of it that uses the connection.
 */
final class Requests {
    private final UringEventLoop loop;
    private final int fd;
    private final int slot;
    private final int generation;
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

    Requests(UringEventLoop loop, int fd, int slot, int generation) {
        this.loop = loop;
        this.fd = fd;
        this.slot = slot;
        this.generation = generation;
    }

    /** Whether the kernel has nothing of ours, so that nothing will complete. */
    boolean isQuiet() {
        return !sendArmed && isQuietButForSend();
    }

    boolean isQuietButForSend() {
        return !receiveArmed && !connectArmed && !pollInArmed && !pollOutArmed;
    }

    private long userData(int operation) {
        return UserData.of(operation, slot, generation);
    }

    // ---- receiving ----

    boolean isReceiving() {
        return receiveArmed;
    }

    /** One portion, of at most so many bytes. */
    void receive(int lengthMax) {
        receive(lengthMax, emptied ? UringConstants.RECV_POLL_FIRST : 0);
    }

    /** Portion after portion, until taken back, out of blocks, or at so many bytes, if the kernel counts them. */
    void receiveAll(int bytesMax) {
        if (!loop.boundsReceives()) {
            receive(0, UringConstants.RECV_MULTISHOT);
            return;
        }
        receiveArmed = true;
        receiveBounded = true;
        SubmissionEntry entry = loop.ring().next();
        entry.receiveUpTo(fd, BlockSupply.GROUP, bytesMax, UringConstants.RECV_MULTISHOT, userData(UserData.RECEIVE));
    }

    /** Whether the kernel does not know what a receive was asked for; it will not be asked again. */
    boolean isRefused(int result) {
        if (result == -Errno.EINVAL && receiveBounded) {
            loop.boundReceivesNoMore();
            return true;
        }
        return false;
    }

    private void receive(int lengthMax, int mode) {
        receiveArmed = true;
        receiveBounded = false;
        loop.ring().next().receive(fd, BlockSupply.GROUP, lengthMax, mode, userData(UserData.RECEIVE));
    }

    void cancelReceive() {
        if (receiveArmed && !receiveCancelling) {
            receiveCancelling = true;
            loop.cancel(userData(UserData.RECEIVE));
        }
    }

    void onReceive(int flags) {
        emptied = (flags & UringConstants.CQE_SOCK_NONEMPTY) == 0;
        if ((flags & UringConstants.CQE_MORE) == 0) {
            receiveArmed = false;
            receiveCancelling = false;
        }
    }

    // ---- sending ----

    boolean isSending() {
        return sendArmed;
    }

    /** Whether nothing will come when the send succeeds, so that the loop may not sleep if something depends on it. */
    boolean isSendingQuietly() {
        return sendArmed && sendQuiet;
    }

    /** Whether this is the connection's send of that batch, and it has not failed. */
    boolean isSendingQuietly(int batch) {
        return isSendingQuietly() && sendBatch == batch;
    }

    /** How many bytes the last send was to send. */
    int sendLength() {
        return sendLength;
    }

    /** Completes when all is sent. */
    void sendAll(long address, int length) {
        send(address, length, MSG_NOSIGNAL | MSG_WAITALL, false);
    }

    /** Completes when something could be sent. */
    void sendSome(long address, int length) {
        send(address, length, MSG_NOSIGNAL, false);
    }

    /**
     * Sends what goes at once, and tells only of what does not, if the kernel can. Returns how many bytes it is to send: all, or
     * those of the first blocks.
     */
    int sendNow(UringConnection connection, BlockChain chain) {
        boolean quiet = loop.sendsQuietly();
        int messageFlags = MSG_NOSIGNAL | MSG_DONTWAIT | (quiet ? MSG_WAITALL : 0);
        if (chain.blocks() == 1) {
            send(chain.headAddress(), chain.headLength(), messageFlags, quiet);
        } else {
            sendGathered(chain, messageFlags, quiet);
        }
        if (quiet) {
            sendBatch = loop.quietSends().add(connection);
        }
        return sendLength;
    }

    private void send(long address, int length, int messageFlags, boolean quiet) {
        begin(length, quiet);
        loop.ring().next().send(fd, address, length, messageFlags, quiet, userData(UserData.SEND));
    }

    private void sendGathered(BlockChain chain, int messageFlags, boolean quiet) {
        SubmissionEntry entry = loop.ring().next();
        EntryMemory memory = loop.entryMemory();
        begin(memory.gather(entry.index(), chain), quiet);
        entry.sendMessage(fd, memory.header(entry.index()), messageFlags, quiet, userData(UserData.SEND));
    }

    private void begin(int length, boolean quiet) {
        sendArmed = true;
        sendQuiet = quiet;
        sendLength = length;
    }

    void cancelSend() {
        if (sendArmed) {
            loop.cancel(userData(UserData.SEND));
        }
    }

    void onSent() {
        sendArmed = false;
    }

    // ---- connecting ----

    boolean isConnecting() {
        return connectArmed;
    }

    void connect(SocketAddress address) {
        connectArmed = true;
        SubmissionEntry entry = loop.ring().next();
        long place = loop.entryMemory().copyAddress(entry.index(), address);
        entry.connect(fd, place, address.length(), userData(UserData.CONNECT));
    }

    void cancelConnect() {
        loop.cancel(userData(UserData.CONNECT));
    }

    void onConnected() {
        connectArmed = false;
    }

    // ---- readiness ----

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

    void onPolled(boolean isInput) {
        if (isInput) {
            pollInArmed = false;
        } else {
            pollOutArmed = false;
        }
    }

    // ---- the end ----

    /** Asks for everything back; it completes all the same. */
    void cancelAll() {
        cancelSend();
        cancelAllButSend();
    }

    void cancelAllButSend() {
        cancelReceive();
        cancelPolls();
    }

    void cancelPolls() {
        if (pollInArmed) {
            loop.cancel(userData(UserData.POLL_IN));
        }
        if (pollOutArmed) {
            loop.cancel(userData(UserData.POLL_OUT));
        }
    }

    /** Closes the socket, after what is queued for it; nobody waits for that. */
    void close() {
        loop.ring().next().close(fd, userData(UserData.NOBODY));
    }
}
