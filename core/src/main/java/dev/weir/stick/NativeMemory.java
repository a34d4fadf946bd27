package dev.weir.stick;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Zeroed memory outside the heap whose pages come with their first use: calloc(3), since what the JDK allocates it also touches.
 * Owner: a table; {@link #close} gives it back. A large table that holds little costs little.
 */
@SuppressWarnings("restricted")
final class NativeMemory implements AutoCloseable {
    private static final MethodHandle CALLOC;
    private static final MethodHandle FREE;

    static {
        Linker linker = Linker.nativeLinker();
        CALLOC = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("calloc"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        FREE = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("free"), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    }

    private final MemorySegment memory;

    NativeMemory(long bytes) {
        memory = allocate(bytes);
        if (memory.equals(MemorySegment.NULL)) {
            throw new OutOfMemoryError("no " + bytes + " bytes for a stick table");
        }
    }

    private static MemorySegment allocate(long bytes) {
        try {
            return (MemorySegment) CALLOC.invokeExact(1L, bytes);
        } catch (Throwable e) {
            throw new AssertionError(e); // a downcall throws nothing
        }
    }

    /** A piece of it, at most 2 GiB. */
    UnsafeBuffer slice(long offset, int bytes) {
        return new UnsafeBuffer(memory.address() + offset, bytes);
    }

    @Override
    public void close() {
        try {
            FREE.invokeExact(memory);
        } catch (Throwable e) {
            throw new AssertionError(e); // a downcall throws nothing
        }
    }
}
