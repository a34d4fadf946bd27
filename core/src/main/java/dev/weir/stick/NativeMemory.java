package dev.weir.stick;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Zeroed memory outside the heap whose pages come with their first use: calloc(3), since what the JDK allocates it also touches.
 * Begins at a page, a large one at a huge page. Owner: a table; {@link #close} gives it back. A large table that holds little costs
 * little.
 */
@SuppressWarnings("restricted")
final class NativeMemory implements AutoCloseable {
    /** Of x86 and most ARM machines; what is no multiple of it is only not made huge. */
    static final int HUGE_PAGE_BYTES = 2 << 20;

    private static final int PAGE_BYTES = 4096;
    private static final int MADV_HUGEPAGE = 14;
    private static final MethodHandle CALLOC;
    private static final MethodHandle FREE;
    private static final MethodHandle MADVISE;

    static {
        Linker linker = Linker.nativeLinker();
        CALLOC = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("calloc"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        FREE = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("free"), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
        MADVISE = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("madvise"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    }

    private final MemorySegment allocated;
    private final long address;
    private final long bytes;

    NativeMemory(long bytes) {
        int unit = bytes < HUGE_PAGE_BYTES ? PAGE_BYTES : HUGE_PAGE_BYTES;
        this.bytes = bytes;
        allocated = allocate(bytes + unit);
        if (allocated.equals(MemorySegment.NULL)) {
            throw new OutOfMemoryError("no " + bytes + " bytes for a stick table");
        }
        address = allocated.address() + unit - 1 & -unit;
    }

    private static MemorySegment allocate(long bytes) {
        try {
            return (MemorySegment) CALLOC.invokeExact(1L, bytes);
        } catch (Throwable e) {
            throw new AssertionError(e); // a downcall throws nothing
        }
    }

    long address() {
        return address;
    }

    /**
     * Asks for huge pages from an offset on: memory that is used at random then needs a fraction of the translations, which have
     * caches of their own. Advice, which Linux may not follow and others do not know.
     */
    NativeMemory preferHugePages(long from) {
        advise(address + from, bytes - from);
        return this;
    }

    /** Begins at a page. */
    private static void advise(long address, long bytes) {
        if (bytes < HUGE_PAGE_BYTES || !System.getProperty("os.name").equals("Linux")) {
            return;
        }
        try {
            int ignored = (int) MADVISE.invokeExact(address, bytes & -PAGE_BYTES, MADV_HUGEPAGE);
        } catch (Throwable e) {
            throw new AssertionError(e); // a downcall throws nothing
        }
    }

    @Override
    public void close() {
        try {
            FREE.invokeExact(allocated);
        } catch (Throwable e) {
            throw new AssertionError(e); // a downcall throws nothing
        }
    }
}
