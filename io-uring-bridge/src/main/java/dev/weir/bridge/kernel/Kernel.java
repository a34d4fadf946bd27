package dev.weir.bridge.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * One thread's door to the kernel: {@code syscall(2)} with six word arguments, errno read from a segment that is allocated once.
 * Every method returns the kernel's result, or the negated error number. Pointers are plain addresses.
 *
 * <p>Thread: the one that uses it at a time (the errno segment is shared by its calls). A call on a virtual thread pins it.
 */
@SuppressWarnings("restricted") // this class is where native access is meant to happen
public final class Kernel {
    private static final MethodHandle SYSCALL;
    /**
     * Without the error number, for calls of each message: the JVM wraps the segment for it in a new object at each call, which the
     * compiler does away with only where it inlines all of the wrapping, and with the launcher's flags it does not.
     */
    private static final MethodHandle BARE_SYSCALL;

    private static final VarHandle ERRNO;
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();

    static {
        Linker linker = Linker.nativeLinker();
        MemorySegment syscall = linker.defaultLookup().findOrThrow("syscall");
        FunctionDescriptor words = FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        SYSCALL = linker.downcallHandle(syscall, words, Linker.Option.captureCallState("errno"));
        BARE_SYSCALL = linker.downcallHandle(syscall, words);
        ERRNO = CAPTURE.varHandle(StructLayout.PathElement.groupElement("errno"));
    }

    private final MemorySegment capture = Arena.ofAuto().allocate(CAPTURE);

    /** Null if this machine speaks our system calls, else why not. */
    public static String refusal() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "this is " + System.getProperty("os.name") + ", not Linux";
        }
        return SystemCalls.isKnownArchitecture()
                ? null
                : "system call numbers of " + System.getProperty("os.arch") + " are not known";
    }

    /** Any system call. */
    public long call(long number, long a, long b, long c, long d, long e, long f) {
        long result;
        try {
            result = (long) SYSCALL.invokeExact(capture, number, a, b, c, d, e, f);
        } catch (Throwable t) {
            throw new AssertionError("a downcall throws nothing", t);
        }
        return result == -1 ? -(int) ERRNO.get(capture, 0L) : result;
    }

    /** The same without garbage, but any error is -1. */
    private static long callBare(long number, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) BARE_SYSCALL.invokeExact(number, a, b, c, d, e, f);
        } catch (Throwable t) {
            throw new AssertionError("a downcall throws nothing", t);
        }
    }

    public int socket(int domain, int type, int protocol) {
        return (int) call(SystemCalls.SOCKET, domain, type, protocol, 0, 0, 0);
    }

    public int bind(int fd, long address, int length) {
        return (int) call(SystemCalls.BIND, fd, address, length, 0, 0, 0);
    }

    public int listen(int fd, int backlog) {
        return (int) call(SystemCalls.LISTEN, fd, backlog, 0, 0, 0, 0);
    }

    public int connect(int fd, long address, int length) {
        return (int) call(SystemCalls.CONNECT, fd, address, length, 0, 0, 0);
    }

    public int getsockname(int fd, long address, long lengthAddress) {
        return (int) call(SystemCalls.GETSOCKNAME, fd, address, lengthAddress, 0, 0, 0);
    }

    public int getpeername(int fd, long address, long lengthAddress) {
        return (int) call(SystemCalls.GETPEERNAME, fd, address, lengthAddress, 0, 0, 0);
    }

    /** Sends a datagram; a null address (0) for a connected socket. */
    public long sendto(int fd, long address, long length, int flags, long to, int toLength) {
        return call(SystemCalls.SENDTO, fd, address, length, flags, to, toLength);
    }

    /** Sends on a connected socket what goes without waiting; -1 if nothing does, whatever the reason. Makes no garbage. */
    public int sendNow(int fd, long address, int length) {
        int flags = SocketConstants.MSG_DONTWAIT | SocketConstants.MSG_NOSIGNAL;
        return (int) callBare(SystemCalls.SENDTO, fd, address, length, flags, 0, 0);
    }

    /** Sends what a {@code struct msghdr} describes. */
    public long sendmsg(int fd, long header, int flags) {
        return call(SystemCalls.SENDMSG, fd, header, flags, 0, 0, 0);
    }

    /** Receives into what a {@code struct msghdr} describes. */
    public long recvmsg(int fd, long header, int flags) {
        return call(SystemCalls.RECVMSG, fd, header, flags, 0, 0, 0);
    }

    /** Accepts without asking for the peer's name. */
    public int accept(int fd, int flags) {
        return (int) call(SystemCalls.ACCEPT4, fd, 0, 0, flags, 0, 0);
    }

    public int setsockopt(int fd, int level, int name, long value, int length) {
        return (int) call(SystemCalls.SETSOCKOPT, fd, level, name, value, length, 0);
    }

    public int getsockopt(int fd, int level, int name, long value, long lengthAddress) {
        return (int) call(SystemCalls.GETSOCKOPT, fd, level, name, value, lengthAddress, 0);
    }

    /** {@code how}: 0 reading, 1 writing, 2 both. */
    public int shutdown(int fd, int how) {
        return (int) call(SystemCalls.SHUTDOWN, fd, how, 0, 0, 0, 0);
    }

    public int close(int fd) {
        return (int) call(SystemCalls.CLOSE, fd, 0, 0, 0, 0, 0);
    }

    public long read(int fd, long address, long length) {
        return call(SystemCalls.READ, fd, address, length, 0, 0, 0);
    }

    public long write(int fd, long address, long length) {
        return call(SystemCalls.WRITE, fd, address, length, 0, 0, 0);
    }

    public int fcntl(int fd, int command, long argument) {
        return (int) call(SystemCalls.FCNTL, fd, command, argument, 0, 0, 0);
    }

    /** Writes two descriptors (s32 each) at the address: read end, write end. */
    public int pipe2(long pair, int flags) {
        return (int) call(SystemCalls.PIPE2, pair, flags, 0, 0, 0, 0);
    }

    public long splice(int from, int to, long length, int flags) {
        return call(SystemCalls.SPLICE, from, 0, to, 0, length, flags);
    }

    public int eventfd(int initial, int flags) {
        return (int) call(SystemCalls.EVENTFD2, initial, flags, 0, 0, 0, 0);
    }

    /** Returns the address, or a negated error number (addresses of user space are positive). */
    public long mmap(long length, int protection, int flags, int fd, long offset) {
        return call(SystemCalls.MMAP, 0, length, protection, flags, fd, offset);
    }

    public int munmap(long address, long length) {
        return (int) call(SystemCalls.MUNMAP, address, length, 0, 0, 0, 0);
    }

    public int madvise(long address, long length, int advice) {
        return (int) call(SystemCalls.MADVISE, address, length, advice, 0, 0, 0);
    }

    public int ioUringSetup(int entries, long params) {
        return (int) call(SystemCalls.IO_URING_SETUP, entries, params, 0, 0, 0, 0);
    }

    /**
     * Without an argument it makes no garbage: what fails has submitted nothing, and is asked again for the error number. With one, the
     * end of a time is an error, too, and must not be waited for twice.
     */
    public int ioUringEnter(int fd, int submit, int complete, int flags, long argument, int argumentBytes) {
        if (argument == 0) {
            long result = callBare(SystemCalls.IO_URING_ENTER, fd, submit, complete, flags, 0, 0);
            if (result >= 0) {
                return (int) result;
            }
        }
        return (int) call(SystemCalls.IO_URING_ENTER, fd, submit, complete, flags, argument, argumentBytes);
    }

    public int ioUringRegister(int fd, int opcode, long argument, int count) {
        return (int) call(SystemCalls.IO_URING_REGISTER, fd, opcode, argument, count, 0, 0);
    }

    /** Binds the calling thread to the CPUs of a mask (the first 64). */
    public int setAffinity(long cpuMask) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(JAVA_LONG);
            mask.set(JAVA_LONG, 0, cpuMask);
            return (int) call(SystemCalls.SCHED_SETAFFINITY, 0, 8, mask.address(), 0, 0, 0);
        }
    }

    /** The CPUs (the first 64) that the calling thread may run on; 0 if the kernel does not say. */
    public long affinity() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(128, 8);
            long bytes = call(SystemCalls.SCHED_GETAFFINITY, 0, 128, mask.address(), 0, 0, 0);
            return bytes > 0 ? mask.get(JAVA_LONG, 0) : 0;
        }
    }

    /** Sets an integer socket option. */
    public int setsockopt(int fd, int level, int name, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(JAVA_INT);
            segment.set(JAVA_INT, 0, value);
            return setsockopt(fd, level, name, segment.address(), 4);
        }
    }

    /** Soft and hard limit of open files, packed by the caller's need: index 0 soft, 1 hard. Sets the soft one if {@code softWanted} is positive. */
    public long[] openFilesLimit(long softWanted) {
        int resourceNoFile = 7;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocate(16, 8);
            call(SystemCalls.PRLIMIT64, 0, resourceNoFile, 0, limit.address(), 0, 0);
            if (softWanted > 0) {
                MemorySegment wanted = arena.allocate(16, 8);
                wanted.set(JAVA_LONG, 0, softWanted);
                wanted.set(JAVA_LONG, 8, Math.max(limit.get(JAVA_LONG, 8), softWanted));
                call(SystemCalls.PRLIMIT64, 0, resourceNoFile, wanted.address(), limit.address(), 0, 0);
                call(SystemCalls.PRLIMIT64, 0, resourceNoFile, 0, limit.address(), 0, 0);
            }
            return new long[] {limit.get(JAVA_LONG, 0), limit.get(JAVA_LONG, 8)};
        }
    }

    /** Makes the calling process the leader of a session without a terminal. */
    public int setSession() {
        return (int) call(SystemCalls.SETSID, 0, 0, 0, 0, 0, 0);
    }

    /** Sends a signal to a process. */
    public int kill(long pid, int signal) {
        return (int) call(SystemCalls.KILL, pid, signal, 0, 0, 0, 0);
    }

    /** Points descriptors 0, 1 and 2 at the null device. */
    public void forgetStandardStreams() {
        int atWorkingDirectory = -100;
        int readWrite = 2;
        try (Arena arena = Arena.ofConfined()) {
            long path = arena.allocateFrom("/dev/null").address();
            int fd = (int) call(SystemCalls.OPENAT, atWorkingDirectory, path, readWrite, 0, 0, 0);
            for (int standard = 0; fd >= 0 && standard <= 2; standard++) {
                call(SystemCalls.DUP3, fd, standard, 0, 0, 0, 0);
            }
            if (fd > 2) {
                close(fd);
            }
        }
    }
}
