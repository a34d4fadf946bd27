package dev.weir.bench.run;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Becomes another program, to which and to whose children io_uring is forbidden, as container engines do it: a seccomp filter lets
 * {@code io_uring_setup} fail with EPERM.
 */
final class WithoutIoUring {
    private static final int PR_SET_SECCOMP = 22;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int SECCOMP_MODE_FILTER = 2;

    /** As in linux/filter.h and linux/seccomp.h; the number of io_uring_setup is the same on all architectures. */
    private static final int LOAD_WORD = 0x20;

    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int RETURN = 0x06;
    private static final int IO_URING_SETUP = 425;
    private static final int FAIL_WITH_EPERM = 0x00050001;
    private static final int ALLOW = 0x7fff0000;

    private static final long INSTRUCTION_BYTES = 8;
    private static final Linker LINKER = Linker.nativeLinker();

    private WithoutIoUring() {}

    /** Arguments: the command. */
    public static void main(String[] command) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            prctl(PR_SET_NO_NEW_PRIVS, 1, MemorySegment.NULL);
            prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter(arena));
            exec(arena, command);
        }
    }

    /** A {@code struct sock_fprog}. */
    private static MemorySegment filter(Arena arena) {
        int[][] instructions = {
            {LOAD_WORD, 0, 0, 0}, // the system call's number
            {JUMP_IF_EQUAL, 0, 1, IO_URING_SETUP},
            {RETURN, 0, 0, FAIL_WITH_EPERM},
            {RETURN, 0, 0, ALLOW},
        };
        MemorySegment code = arena.allocate(INSTRUCTION_BYTES * instructions.length, Long.BYTES);
        for (int i = 0; i < instructions.length; i++) {
            long at = i * INSTRUCTION_BYTES;
            code.set(ValueLayout.JAVA_SHORT, at, (short) instructions[i][0]);
            code.set(ValueLayout.JAVA_BYTE, at + 2, (byte) instructions[i][1]);
            code.set(ValueLayout.JAVA_BYTE, at + 3, (byte) instructions[i][2]);
            code.set(JAVA_INT, at + 4, instructions[i][3]);
        }
        MemorySegment program = arena.allocate(2 * Long.BYTES, Long.BYTES);
        program.set(ValueLayout.JAVA_SHORT, 0, (short) instructions.length);
        program.set(ADDRESS, Long.BYTES, code);
        return program;
    }

    private static void prctl(int option, long argument, MemorySegment pointer) throws Throwable {
        MethodHandle prctl = handle(
                "prctl",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        if ((int) prctl.invokeExact(option, argument, pointer, 0L, 0L) != 0) {
            throw new IllegalStateException("prctl " + option + " failed");
        }
    }

    private static void exec(Arena arena, String[] command) throws Throwable {
        MemorySegment arguments = arena.allocate(ADDRESS, command.length + 1L);
        for (int i = 0; i < command.length; i++) {
            arguments.setAtIndex(ADDRESS, i, arena.allocateFrom(command[i]));
        }
        MethodHandle execv = handle("execv", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        int status = (int) execv.invokeExact(arguments.get(ADDRESS, 0), arguments);
        throw new IllegalStateException("execv returned " + status);
    }

    @SuppressWarnings("restricted") // calls into libc are what this is about
    private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), type, options);
    }
}
