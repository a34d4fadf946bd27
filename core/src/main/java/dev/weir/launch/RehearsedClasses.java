package dev.weir.launch;

import dev.weir.config.model.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Initialises the classes that the rehearsal ({@link dev.weir.launch.demo.Rehearsal}) initialised, whose names the launcher wrote
 * beside the AOT cache. HotSpot does not compile a method with what the rehearsal learned about it before every class that was met
 * then is initialised; but a proxy without a log, rules or failures meets some only hours later, and until then the methods run at
 * a lower level (docs/jvm.md).
 */
final class RehearsedClasses {
    /** A system property that the launcher sets: a file of binary names, one a line. */
    private static final String PROPERTY = "weir.rehearsed";

    private RehearsedClasses() {}

    /** Does nothing if the launcher found no such file; says so if it is of no use. Thread: the main one. */
    static void initialize(StartupMessages messages) {
        String file = System.getProperty(PROPERTY);
        if (file != null) {
            initialize(Path.of(file), messages);
        }
    }

    static void initialize(Path file, StartupMessages messages) {
        ClassLoader loader = RehearsedClasses.class.getClassLoader();
        try {
            for (String name : Files.readAllLines(file)) {
                Class.forName(name, true, loader);
            }
        } catch (IOException | ClassNotFoundException | LinkageError e) {
            messages.show(Severity.WARNING, "[weir.main()] The rehearsed classes of " + file + " are of no use: " + e);
        }
    }
}
