package dev.weir.bridge.kernel;

/**
 * System call numbers of the two architectures that we run on.
 *
 * @see <a href="https://github.com/torvalds/linux/blob/master/arch/x86/entry/syscalls/syscall_64.tbl">x86-64: syscall_64.tbl</a>
 * @see <a href="https://github.com/torvalds/linux/blob/master/include/uapi/asm-generic/unistd.h">aarch64: asm-generic/unistd.h</a>
 */
final class SystemCalls {
    private static final boolean X86_64 = System.getProperty("os.arch").equals("amd64");

    static final long SOCKET = pick(41, 198);
    static final long BIND = pick(49, 200);
    static final long LISTEN = pick(50, 201);
    static final long CONNECT = pick(42, 203);
    static final long GETSOCKNAME = pick(51, 204);
    static final long GETPEERNAME = pick(52, 205);
    static final long SENDTO = pick(44, 206);
    static final long SENDMSG = pick(46, 211);
    static final long RECVMSG = pick(47, 212);
    static final long ACCEPT4 = pick(288, 242);
    static final long SETSOCKOPT = pick(54, 208);
    static final long GETSOCKOPT = pick(55, 209);
    static final long SHUTDOWN = pick(48, 210);
    static final long CLOSE = pick(3, 57);
    static final long READ = pick(0, 63);
    static final long WRITE = pick(1, 64);
    static final long FCNTL = pick(72, 25);
    static final long PIPE2 = pick(293, 59);
    static final long SPLICE = pick(275, 76);
    static final long EVENTFD2 = pick(290, 19);
    static final long MMAP = pick(9, 222);
    static final long MUNMAP = pick(11, 215);
    static final long MADVISE = pick(28, 233);
    static final long SCHED_SETAFFINITY = pick(203, 122);
    static final long SCHED_GETAFFINITY = pick(204, 123);
    static final long SCHED_SETATTR = pick(314, 274);
    static final long SCHED_GETATTR = pick(315, 275);
    static final long CLOCK_GETTIME = pick(228, 113);
    static final long PRLIMIT64 = pick(302, 261);
    static final long SETSID = pick(112, 157);
    static final long OPENAT = pick(257, 56);
    static final long KILL = pick(62, 129);
    static final long DUP3 = pick(292, 24);
    static final long IO_URING_SETUP = 425;
    static final long IO_URING_ENTER = 426;
    static final long IO_URING_REGISTER = 427;

    private SystemCalls() {}

    static boolean isKnownArchitecture() {
        return X86_64 || System.getProperty("os.arch").equals("aarch64");
    }

    private static long pick(long x86, long aarch64) {
        return X86_64 ? x86 : aarch64;
    }
}
