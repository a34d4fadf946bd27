package dev.weir.bridge.ring;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * One submission entry, edited in place in the ring that the kernel reads: 64 bytes, native byte order, written as eight words
 * so that nothing of an old entry is left. Thread: the ring's; {@link #at} moves it; the store of the tail publishes it.
 *
 * <p>struct io_uring_sqe: opcode u8 at 0, flags u8 at 1, ioprio u16 at 2, fd s32 at 4, offset or address 2 at 8, address at
 * 16, length u32 at 24, operation flags u32 at 28, user data at 32, buffer group u16 at 40, file index s32 at 44.
 */
public final class SubmissionEntry {
    static final int LENGTH = 64;

    private final UnsafeBuffer entries;
    private int base;

    SubmissionEntry(long address, int bytes) {
        entries = new UnsafeBuffer(address, bytes);
    }

    SubmissionEntry at(int index) {
        base = index * LENGTH;
        return this;
    }

    /** Which one it is, from 0. */
    public int index() {
        return base / LENGTH;
    }

    private void write(
            int opcode,
            int flags,
            int ioprio,
            int fd,
            long offset,
            long address,
            int length,
            int opFlags,
            long userData,
            int group) {
        entries.putLong(base, opcode | (long) flags << 8 | (long) ioprio << 16 | (long) fd << 32);
        entries.putLong(base + 8, offset);
        entries.putLong(base + 16, address);
        entries.putLong(base + 24, length & 0xFFFF_FFFFL | (long) opFlags << 32);
        entries.putLong(base + 32, userData);
        entries.putLong(base + 40, group);
        entries.putLong(base + 48, 0);
        entries.putLong(base + 56, 0);
    }

    /** Receives into blocks of a buffer group until told to stop (multishot) or once. */
    public void receive(int fd, int group, int lengthMax, int ioprio, long userData) {
        write(
                UringConstants.OP_RECV,
                UringConstants.SQE_BUFFER_SELECT,
                ioprio,
                fd,
                0,
                0,
                lengthMax,
                0,
                userData,
                group);
    }

    /** Receives again and again (multishot), but not more than so many bytes together (Linux 6.17; before, it completes with EINVAL). */
    public void receiveUpTo(int fd, int group, int bytesMax, int ioprio, long userData) {
        receive(fd, group, 0, ioprio, userData);
        entries.putLong(base + 40, group | (long) bytesMax << 32);
    }

    /** Sends one run of bytes; a quiet one completes only if it fails or sends less. */
    public void send(int fd, long address, int length, int messageFlags, boolean quiet, long userData) {
        int flags = quiet ? UringConstants.SQE_CQE_SKIP_SUCCESS : 0;
        write(UringConstants.OP_SEND, flags, 0, fd, 0, address, length, messageFlags, userData, 0);
    }

    /** Sends what a struct msghdr lists, which must stay until submission; a quiet one completes only if it fails or sends less. */
    public void sendMessage(int fd, long header, int messageFlags, boolean quiet, long userData) {
        int flags = quiet ? UringConstants.SQE_CQE_SKIP_SUCCESS : 0;
        write(UringConstants.OP_SENDMSG, flags, 0, fd, 0, header, 1, messageFlags, userData, 0);
    }

    /** Accepts, again and again (multishot); the sockets get these flags. */
    public void acceptMultishot(int fd, int socketFlags, long userData) {
        write(UringConstants.OP_ACCEPT, 0, UringConstants.ACCEPT_MULTISHOT, fd, 0, 0, 0, socketFlags, userData, 0);
    }

    /** Connects; the address must stay until completion. */
    public void connect(int fd, long address, int addressBytes, long userData) {
        write(UringConstants.OP_CONNECT, 0, 0, fd, addressBytes, address, 0, 0, userData, 0);
    }

    /** Waits once for readiness (poll(2) events). */
    public void poll(int fd, int events, long userData) {
        write(UringConstants.OP_POLL_ADD, 0, 0, fd, 0, 0, 0, events, userData, 0);
    }

    /** Takes back the request with that user data; completes itself only if there is none. */
    public void cancel(long targetUserData, long userData) {
        write(
                UringConstants.OP_ASYNC_CANCEL,
                UringConstants.SQE_CQE_SKIP_SUCCESS,
                0,
                -1,
                0,
                targetUserData,
                0,
                0,
                userData,
                0);
    }

    /** Closes a descriptor; completes only on failure. */
    public void close(int fd, long userData) {
        write(UringConstants.OP_CLOSE, UringConstants.SQE_CQE_SKIP_SUCCESS, 0, fd, 0, 0, 0, 0, userData, 0);
    }

    /** Reads from a file that has no position (an eventfd). */
    public void read(int fd, long address, int length, long userData) {
        write(UringConstants.OP_READ, 0, 0, fd, -1, address, length, 0, userData, 0);
    }

    /** Completes at a time of CLOCK_MONOTONIC, a struct __kernel_timespec that must stay until submission. */
    public void timeoutAt(long timespec, long userData) {
        write(UringConstants.OP_TIMEOUT, 0, 0, -1, 0, timespec, 1, UringConstants.TIMEOUT_ABSOLUTE, userData, 0);
    }

    /** Moves a time-out that is armed; completes itself only if there is none. */
    public void moveTimeout(long targetUserData, long timespec, long userData) {
        int flags = UringConstants.TIMEOUT_UPDATE | UringConstants.TIMEOUT_ABSOLUTE;
        int skip = UringConstants.SQE_CQE_SKIP_SUCCESS;
        write(UringConstants.OP_TIMEOUT_REMOVE, skip, 0, -1, timespec, targetUserData, 0, flags, userData, 0);
    }
}
