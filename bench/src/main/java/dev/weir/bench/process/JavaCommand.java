package dev.weir.bench.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of this program's own parts that run as processes of their own: the JDK and the classes that run now. */
public final class JavaCommand {
    /** By name: a manifest counts only for {@code -jar}, and tests run from folders. */
    public static final List<String> ACCESS = List.of(
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** As the launcher gives them to Weir, as far as they concern speed. */
    public static final List<String> SPEED = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:-UsePerfData",
            "-Dslf4j.internal.verbosity=ERROR",
            "-Dagrona.disable.bounds.checks=true");

    private JavaCommand() {}

    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Runs a class of ours. */
    public static List<String> of(String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(java().toString()));
        command.addAll(ACCESS);
        command.addAll(SPEED);
        command.addAll(List.of("-Xms64m", "-Xmx2g", "-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return command;
    }
}
