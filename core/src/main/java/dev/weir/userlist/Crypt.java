package dev.weir.userlist;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * The system's own {@code crypt_r(3)}, so that every form of hash is known that the system's other programs know: DES, MD5,
 * SHA-256, SHA-512, bcrypt, yescrypt. Any thread; a call takes milliseconds, and its thread waits for it.
 */
public final class Crypt {
    private static final String[] LIBRARIES = {"libcrypt.so.1", "libcrypt.so.2", "libcrypt.so"};
    /** {@code sizeof(struct crypt_data)} of libxcrypt; glibc's is larger. */
    private static final long DATA_BYTES = 1 << 18;

    private static final MethodHandle CRYPT = find();

    private Crypt() {}

    /** Whether the system has it. */
    public static boolean isAvailable() {
        return CRYPT != null;
    }

    @SuppressWarnings("restricted") // native access is granted in the manifest
    private static MethodHandle find() {
        for (String library : LIBRARIES) {
            try {
                MemorySegment function =
                        SymbolLookup.libraryLookup(library, Arena.global()).findOrThrow("crypt_r");
                AddressLayout text = ValueLayout.ADDRESS.withTargetLayout(
                        MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE));
                return Linker.nativeLinker()
                        .downcallHandle(
                                function,
                                FunctionDescriptor.of(
                                        text, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            } catch (IllegalArgumentException e) {
                // not under this name: the next one, or none at all, which isAvailable() tells
                continue;
            }
        }
        return null;
    }

    /** Whether a hash is that password's. */
    static boolean matches(byte[] password, int offset, int length, String hash) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(length + 1L);
            MemorySegment.copy(password, offset, key, ValueLayout.JAVA_BYTE, 0, length);
            MemorySegment result = (MemorySegment)
                    CRYPT.invokeExact(key, arena.allocateFrom(hash), arena.allocate(DATA_BYTES, Long.BYTES));
            boolean isMade = !result.equals(MemorySegment.NULL);
            boolean isSame =
                    isMade && result.getString(0, StandardCharsets.UTF_8).equals(hash);
            key.fill((byte) 0);
            return isSame;
        } catch (Throwable e) {
            throw new AssertionError("crypt_r throws nothing", e);
        }
    }
}
