package dev.weir.launch;

import dev.weir.config.model.Severity;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/** {@code -C}: the JDK cannot change the working directory, the C library can. Relative names then start there. */
final class WorkingDirectory {
    private WorkingDirectory() {}

    /** False after a complaint. */
    static boolean change(String directory) {
        if (new File(directory).isDirectory() && chdir(directory) == 0) {
            return true;
        }
        new StartupMessages(false, false)
                .show(
                        Severity.ALERT,
                        "Could not change to directory " + StartupMessages.bytes(directory)
                                + (new File(directory).exists() ? "" : " : No such file or directory"));
        return false;
    }

    @SuppressWarnings("restricted") // native access is granted in the manifest
    private static int chdir(String directory) {
        var linker = Linker.nativeLinker();
        var function = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("chdir"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try (var arena = Arena.ofConfined()) {
            return (int) function.invokeExact(arena.allocateFrom(directory));
        } catch (Throwable e) {
            throw new AssertionError("chdir throws nothing", e);
        }
    }
}
