package dev.weir.stick;

import dev.weir.bridge.kernel.Errno;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Room on the disk for all of a file, its holes filled by posix_fallocate(3). A mapped page without room is a fault of the processor
 * at the moment when it is written to, which no session could answer; so the disk is full at the start or never.
 *
 * <p>Holds a descriptor of its own until the end: closing any of a file's descriptors gives up the process's lock on it. Systems
 * without the call (macOS) reserve nothing.
 */
@SuppressWarnings("restricted")
final class FileRoom implements AutoCloseable {
    private static final int O_RDWR_CLOEXEC = 2 | 0x80000;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = LINKER.defaultLookup();
    private static final boolean IS_KNOWN = LIBRARY.find("posix_fallocate").isPresent();
    private static final int NONE = -1;

    private final int descriptor;

    private FileRoom(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Of a file that is there. */
    static FileRoom of(Path path) throws IOException {
        return new FileRoom(IS_KNOWN ? open(path) : NONE);
    }

    /**
     * The file gets as long as that if it is shorter; its bytes stay.
     *
     * @throws IOException if the disk has no room for that many bytes
     */
    void reserve(long bytes) throws IOException {
        int errno = descriptor == NONE ? 0 : fill(bytes);
        if (errno != 0 && errno != Errno.EOPNOTSUPP) {
            throw new IOException("no room for its " + bytes + " bytes: " + Errno.text(errno));
        }
    }

    private static int open(Path path) throws IOException {
        MethodHandle open = LINKER.downcallHandle(
                LIBRARY.findOrThrow("open"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) open.invokeExact(arena.allocateFrom(path.toString()), O_RDWR_CLOEXEC);
            if (descriptor < 0) {
                throw new IOException("cannot be opened twice");
            }
            return descriptor;
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e); // a downcall throws nothing
        }
    }

    private int fill(long bytes) {
        MethodHandle fill = LINKER.downcallHandle(
                LIBRARY.findOrThrow("posix_fallocate"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        try {
            int errno;
            do {
                errno = (int) fill.invokeExact(descriptor, 0L, bytes);
            } while (errno == Errno.EINTR);
            return errno;
        } catch (Throwable e) {
            throw new AssertionError(e); // a downcall throws nothing
        }
    }

    @Override
    public void close() {
        if (descriptor == NONE) {
            return;
        }
        MethodHandle close = LINKER.downcallHandle(
                LIBRARY.findOrThrow("close"), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int ignored = (int) close.invokeExact(descriptor);
        } catch (Throwable e) {
            throw new AssertionError(e); // a downcall throws nothing
        }
    }
}
