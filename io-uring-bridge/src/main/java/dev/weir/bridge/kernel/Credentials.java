package dev.weir.bridge.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/**
 * Gives up privileges. Through libc and not by system call: the kernel changes the calling thread only, libc's functions all
 * threads of the process (nptl(7)). Thread: any, once, when privileged ports are open.
 */
@SuppressWarnings("restricted") // this package is where native access is meant to happen
public final class Credentials {
    private static final Linker LINKER = Linker.nativeLinker();

    private Credentials() {}

    /** Leaves all supplementary groups and changes group, then user; a number below 0 leaves that one. Returns whether all went well. */
    public static boolean drop(int uid, int gid) {
        boolean isDropped = gid < 0 || setGroups() && change("setgid", gid);
        return isDropped && (uid < 0 || change("setuid", uid));
    }

    private static boolean setGroups() {
        try {
            var handle = LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("setgroups"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
            return (int) handle.invokeExact(0L, MemorySegment.NULL) == 0;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing", e);
        }
    }

    private static boolean change(String function, int id) {
        try {
            var handle = LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow(function), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
            return (int) handle.invokeExact(id) == 0;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing", e);
        }
    }
}
