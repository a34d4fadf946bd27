package dev.weir.bridge.ring;

import static dev.weir.bridge.ring.UringConstants.ENTER_EXT_ARG;
import static dev.weir.bridge.ring.UringConstants.ENTER_GETEVENTS;
import static dev.weir.bridge.ring.UringConstants.ENTER_NO_IOWAIT;
import static dev.weir.bridge.ring.UringConstants.ENTER_REGISTERED_RING;
import static dev.weir.bridge.ring.UringConstants.FEATURE_EXT_ARG;
import static dev.weir.bridge.ring.UringConstants.FEATURE_NODROP;
import static dev.weir.bridge.ring.UringConstants.FEATURE_NO_IOWAIT;
import static dev.weir.bridge.ring.UringConstants.FEATURE_SINGLE_MMAP;
import static dev.weir.bridge.ring.UringConstants.SETUP_DEFER_TASKRUN;
import static dev.weir.bridge.ring.UringConstants.SETUP_NO_SQARRAY;
import static dev.weir.bridge.ring.UringConstants.SETUP_SINGLE_ISSUER;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.transport.TransportException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One io_uring: entries are written in place ({@link #next} then the prepare methods of {@link SubmissionEntry}), one kernel
 * entry submits them all and waits, completions are handed to a {@link CompletionHandler} in order.
 *
 * <p>Memory order: the kernel reads the submission tail (release store here) and writes the completion tail (acquire load
 * here); heads the other way round. Thread: the one that called {@link #enable}.
 */
public final class Ring implements AutoCloseable {
    /** Takes completions. */
    @FunctionalInterface
    public interface CompletionHandler {
        void onCompletion(long userData, int result, int flags);
    }

    private static final int PROTECTION_READ_WRITE = 3;
    private static final int MAP_SHARED_POPULATE = 1 | 0x8000;
    private static final long OFFSET_SUBMISSION_ENTRIES = 0x10000000L;
    private static final int COMPLETION_BYTES = 16;

    private final Kernel kernel;
    private final Arena arena = Arena.ofShared();
    private final int fd;
    private final RingForm form;
    private final int features;
    private final String description;
    private final long ringsAddress;
    private final long ringsBytes;
    private final long entriesAddress;
    private final long entriesBytes;
    private final UnsafeBuffer rings = new UnsafeBuffer(0, 0);
    private final SubmissionEntry entry;
    private final int sqHead;
    private final int sqTail;
    private final int sqFlags;
    private final int sqMask;
    private final int sqEntries;
    private final int sqArray;
    private final int cqHead;
    private final int cqTail;
    private final int cqMask;
    private final int cqes;
    private final MemorySegment waitArgument;
    private final MemorySegment waitTime;

    private int enterFd;
    private int enterFlags;
    private int tail;
    private int submittedTail;
    private long kernelEntries;
    private long submissions;
    private long completions;

    /** {@code forms}: what to ask for, from the best to the oldest; {@link RingForm#BEST_FIRST} unless for tests. */
    public Ring(Kernel kernel, int submissionEntries, int completionEntries, List<RingForm> forms)
            throws TransportException {
        this.kernel = kernel;
        RingSetup setup = new RingSetup(kernel, arena, submissionEntries, completionEntries, forms);
        MemorySegment params = setup.params;
        fd = setup.fd;
        form = setup.form;
        features = params.get(JAVA_INT, 20);
        description = describe(setup);
        int needed = FEATURE_SINGLE_MMAP | FEATURE_NODROP | FEATURE_EXT_ARG;
        if ((features & needed) != needed) {
            kernel.close(fd);
            throw new TransportException("this kernel's io_uring is too old: Linux 6.0 or later is needed", 0);
        }
        sqEntries = params.get(JAVA_INT, 0);
        int cqEntries = params.get(JAVA_INT, 4);
        sqHead = params.get(JAVA_INT, 40);
        sqTail = params.get(JAVA_INT, 44);
        sqFlags = params.get(JAVA_INT, 56);
        sqArray = params.get(JAVA_INT, 64);
        cqHead = params.get(JAVA_INT, 80);
        cqTail = params.get(JAVA_INT, 84);
        cqes = params.get(JAVA_INT, 100);
        sqMask = sqEntries - 1;
        cqMask = cqEntries - 1;
        ringsBytes = Math.max(sqArray + sqEntries * 4L, cqes + (long) cqEntries * COMPLETION_BYTES);
        ringsAddress = map(ringsBytes, 0);
        entriesBytes = (long) sqEntries * SubmissionEntry.LENGTH;
        entriesAddress = map(entriesBytes, OFFSET_SUBMISSION_ENTRIES);
        rings.wrap(ringsAddress, (int) ringsBytes);
        entry = new SubmissionEntry(entriesAddress, (int) entriesBytes);
        waitTime = arena.allocate(16, 8);
        waitArgument = arena.allocate(24, 8);
        waitArgument.set(JAVA_LONG, 16, waitTime.address());
        fillIndirection();
    }

    private long map(long bytes, long offset) throws TransportException {
        long address = kernel.mmap(bytes, PROTECTION_READ_WRITE, MAP_SHARED_POPULATE, fd, offset);
        if (address < 0 && address > -4096) {
            kernel.close(fd);
            throw new TransportException("mmap of the ring: " + Errno.text((int) -address), (int) -address);
        }
        return address;
    }

    /** Kernels before 6.6 read entries through an index array: entry i at position i. */
    private void fillIndirection() {
        if (!form.has(SETUP_NO_SQARRAY)) {
            for (int i = 0; i < sqEntries; i++) {
                rings.putInt(sqArray + i * 4, i);
            }
        }
    }

    private static String describe(RingSetup setup) {
        StringBuilder text = new StringBuilder("io_uring");
        text.append(setup.form.has(SETUP_DEFER_TASKRUN) ? " (deferred completions" : " (cooperative completions");
        text.append(setup.form.has(SETUP_SINGLE_ISSUER) ? ", single issuer" : "");
        for (String refusal : setup.refused) {
            text.append(", kernel refuses ").append(refusal);
        }
        return text.append(')').toString();
    }

    /** The features in force and those that the kernel refused. */
    public String description() {
        return description;
    }

    /**
     * Whether a send that is cut short completes with what was sent, as if it had failed (Linux 6.1, which deferred completions
     * stand for): then sends need not complete when they succeed.
     */
    public boolean completesPartialSends() {
        return form.has(SETUP_DEFER_TASKRUN);
    }

    public int fd() {
        return fd;
    }

    /** Makes the calling thread the ring's owner. */
    public void enable() {
        int result = kernel.ioUringRegister(fd, UringConstants.REGISTER_ENABLE_RINGS, 0, 0);
        if (result < 0) {
            throw new IllegalStateException("enabling a ring: " + Errno.text(-result));
        }
        enterFd = fd;
        enterFlags = (features & FEATURE_NO_IOWAIT) != 0 ? ENTER_NO_IOWAIT : 0;
        registerFd();
    }

    /** A registered ring saves the look-up of its descriptor at every entry; without it all works as well. */
    private void registerFd() {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment update = local.allocate(16, 8);
            update.set(JAVA_INT, 0, -1);
            update.set(JAVA_LONG, 8, fd);
            int result = kernel.ioUringRegister(fd, UringConstants.REGISTER_RING_FDS, update.address(), 1);
            if (result == 1) {
                enterFd = update.get(JAVA_INT, 0);
                enterFlags |= ENTER_REGISTERED_RING;
            }
        }
    }

    // ---- submission ----

    /** The next entry, zeroed of nothing: prepare methods write all of it. A full queue is submitted first, without waiting. */
    public SubmissionEntry next() {
        if (tail - rings.getInt(sqHead) == sqEntries && tail - rings.getIntVolatile(sqHead) == sqEntries) {
            submitFull();
        }
        return entry.at(tail++ & sqMask);
    }

    /** How many entries the submission queue has. */
    public int entries() {
        return sqEntries;
    }

    /** How many entries wait for submission. */
    public int unsubmitted() {
        return tail - submittedTail;
    }

    private void submitFull() {
        publish();
        enter(tail - submittedTail, 0, enterFlags, 0, 0);
        if (tail - rings.getIntVolatile(sqHead) == sqEntries) {
            throw new IllegalStateException("the kernel takes no submissions");
        }
    }

    private void publish() {
        rings.putIntRelease(sqTail, tail);
    }

    /** Submits without waiting; fetches what the kernel has for us. */
    public void submitNow() {
        publish();
        enter(tail - submittedTail, 0, enterFlags | ENTER_GETEVENTS, 0, 0);
    }

    /** Submits and waits until this many completions are there. */
    public void submitAndWait(int wanted) {
        publish();
        enter(tail - submittedTail, wanted, enterFlags | ENTER_GETEVENTS, 0, 0);
    }

    /** The same, but no longer than a time in nanoseconds. */
    public void submitAndWait(int wanted, long timeoutNs) {
        publish();
        waitTime.set(JAVA_LONG, 0, timeoutNs / 1_000_000_000L);
        waitTime.set(JAVA_LONG, 8, timeoutNs % 1_000_000_000L);
        int flags = enterFlags | ENTER_GETEVENTS | ENTER_EXT_ARG;
        enter(tail - submittedTail, wanted, flags, waitArgument.address(), 24);
    }

    private void enter(int toSubmit, int wanted, int flags, long argument, int argumentBytes) {
        kernelEntries++;
        int result = kernel.ioUringEnter(enterFd, toSubmit, wanted, flags, argument, argumentBytes);
        if (result >= 0) {
            submissions += result;
            submittedTail += result;
            return;
        }
        switch (-result) {
            // EAGAIN, EBUSY: completions must be taken first; EINTR, ETIME: the wait is over. The entries stay queued.
            case Errno.EINTR, Errno.ETIME, Errno.EAGAIN, Errno.EBUSY, Errno.EBADR ->
                submittedTail = rings.getIntVolatile(sqHead);
            default -> throw new IllegalStateException("io_uring_enter: " + Errno.text(-result));
        }
    }

    // ---- completion ----

    /** Whether the kernel has work for us that only an entry will do (deferred task work, overflowed completions). */
    public boolean kernelHasWork() {
        return (rings.getIntVolatile(sqFlags) & (UringConstants.SQ_TASKRUN | UringConstants.SQ_CQ_OVERFLOW)) != 0;
    }

    public boolean hasCompletions() {
        return rings.getInt(cqHead) != rings.getIntVolatile(cqTail);
    }

    /** Hands out all completions that are there. */
    public int drain(CompletionHandler handler) {
        int head = rings.getInt(cqHead);
        int end = rings.getIntVolatile(cqTail);
        int count = end - head;
        while (head != end) {
            int at = cqes + (head & cqMask) * COMPLETION_BYTES;
            long userData = rings.getLong(at);
            int result = rings.getInt(at + 8);
            int flags = rings.getInt(at + 12);
            rings.putIntRelease(cqHead, ++head);
            handler.onCompletion(userData, result, flags);
        }
        completions += count;
        return count;
    }

    public long kernelEntries() {
        return kernelEntries;
    }

    public long submissions() {
        return submissions;
    }

    public long completions() {
        return completions;
    }

    /** Ends the ring; the kernel cancels what is still armed. */
    @Override
    public void close() {
        kernel.munmap(entriesAddress, entriesBytes);
        kernel.munmap(ringsAddress, ringsBytes);
        kernel.close(fd);
        arena.close();
    }
}
