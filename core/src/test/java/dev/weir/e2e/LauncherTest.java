package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the root, before Java. */
class LauncherTest {
    @TempDir
    Path folder;

    private String printed;

    @Test
    void shouldRunThroughASymbolicLinkFromAnyFolder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Weir.EXECUTABLE);

        assertThat(run(Map.of(), link.toString(), "-v")).as(() -> printed).isZero();
        assertThat(printed).contains("Weir version");
    }

    @Test
    void shouldRunFromAFolderWithSpaces() throws Exception {
        Path root = Files.createDirectories(folder.resolve("a  folder"));
        Files.copy(Weir.EXECUTABLE, root.resolve("weir"));
        Files.createSymbolicLink(root.resolve("core"), Weir.ROOT.resolve("core"));

        assertThat(run(Map.of(), root.resolve("weir").toString(), "-v"))
                .as(() -> printed)
                .isZero();
        assertThat(printed).contains("Weir version");
    }

    @Test
    void shouldNotLeaveTheFirstDescriptorsToSockets() throws Exception {
        Path jdk = fakeJdk("25.0.1");
        Files.writeString(
                jdk.resolve("bin/java"),
                "#!/bin/sh\nseen=$(for fd in 0 1 2; do readlink /proc/$$/fd/$fd; done)\necho \"$seen\" >\"$SEEN\"\n");

        Path seen = folder.resolve("seen");
        run(
                Map.of("WEIR_JAVA_HOME", jdk.toString(), "SEEN", seen.toString()),
                "sh",
                "-c",
                "\"$0\" -v <&- >&- 2>&-",
                Weir.EXECUTABLE.toString());

        assertThat(seen).hasContent("/dev/null\n/dev/null\n/dev/null");
    }

    @Test
    void shouldSayThatItsFolderIsGone() throws Exception {
        Path gone = Files.createDirectories(folder.resolve("gone"));

        assertThat(run(
                        Map.of(),
                        "sh",
                        "-c",
                        "cd \"$1\" && rmdir \"$1\" && exec \"$0\" -v",
                        Weir.EXECUTABLE.toString(),
                        gone.toString()))
                .isEqualTo(1);
        assertThat(printed).contains("the current folder is gone");
    }

    @Test
    void shouldRefuseAJdkThatIsTooOld() throws Exception {
        Path jdk = fakeJdk("21.0.1");

        assertThat(run(Map.of("WEIR_JAVA_HOME", jdk.toString()), Weir.EXECUTABLE.toString(), "-v"))
                .isEqualTo(1);
        assertThat(printed).contains("WEIR_JAVA_HOME").contains("25").contains("found: 21");
    }

    @Test
    void shouldPreferTheJdkItIsTold() throws Exception {
        Path jdk = fakeJdk("25.0.1");

        assertThat(run(Map.of("WEIR_JAVA_HOME", jdk.toString()), Weir.EXECUTABLE.toString(), "-v", "an argument"))
                .isZero();
        assertThat(printed)
                .startsWith("fake java")
                .contains("-jar")
                .contains("[an argument]")
                .contains("_JAVA_SR_SIGNUM=40")
                .contains("GLIBC_TUNABLES=glibc.pthread.rseq=0\n");
    }

    @Test
    void shouldPutTunablesOfTheUserBehindItsOwnSoThatTheyWin() throws Exception {
        Map<String, String> environment =
                Map.of("WEIR_JAVA_HOME", fakeJdk("25").toString(), "GLIBC_TUNABLES", "glibc.pthread.rseq=1");

        assertThat(run(environment, Weir.EXECUTABLE.toString(), "-v")).isZero();
        assertThat(printed).contains("GLIBC_TUNABLES=glibc.pthread.rseq=0:glibc.pthread.rseq=1\n");
    }

    @Test
    void shouldPassOnMoreOptionsOfTheJvm() throws Exception {
        Map<String, String> environment =
                Map.of("WEIR_JAVA_HOME", fakeJdk("25").toString(), "WEIR_JAVA_OPTS", "-Dfirst=* -Xmx99m");

        assertThat(run(environment, Weir.EXECUTABLE.toString(), "-v")).isZero();
        assertThat(printed).contains("[-Dfirst=*]").contains("[-Xmx99m]");
    }

    @Test
    void shouldStartWithAnAotCacheThatIsNone() throws Exception {
        Path root = Files.createDirectories(folder.resolve("copy/core/target")).resolve("../..");
        Files.copy(Weir.EXECUTABLE, root.resolve("weir"));
        Files.copy(Weir.ROOT.resolve("core/target/weir.jar"), root.resolve("core/target/weir.jar"));
        Files.writeString(root.resolve("core/target/weir.aot"), "no cache");

        assertThat(run(Map.of(), root.resolve("weir").toString(), "-v"))
                .as(() -> printed)
                .isZero();
        assertThat(printed).contains("Weir version");
    }

    @Test
    void shouldTellTheProxyWhichClassesWereRehearsedBesideTheCache() throws Exception {
        Path installed = installed();
        Path cache = Files.writeString(installed.resolveSibling("lib/weir.aot"), "a cache");
        Path rehearsed = installed.resolveSibling("lib/weir.rehearsed");
        assertThat(cache.toFile().setLastModified(System.currentTimeMillis() + 10_000))
                .isTrue();

        assertThat(run(Map.of(), installed.toString(), "-v")).isZero();
        assertThat(printed).contains("[-XX:AOTCache=" + cache + "]").doesNotContain("rehearsed");

        Files.writeString(rehearsed, "java.lang.String\n");
        assertThat(run(Map.of(), installed.toString(), "-v")).isZero();
        assertThat(printed).contains("[-XX:AOTCache=" + cache + "]").contains("[-Dweir.rehearsed=" + rehearsed + "]");
    }

    /** As engines have it that build images. */
    @Test
    void shouldRehearseWithFewDescriptors() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        Path jar = Weir.ROOT.resolve("core/target/weir.jar");

        assertThat(run(Map.of(), "sh", "-c", "ulimit -n 1024 && exec \"$0\" -jar \"$1\" --train", java, jar.toString()))
                .as(() -> printed)
                .isZero();
    }

    /** What a proxy meets only when something goes wrong, and nothing that only the rehearsal's JVM had. */
    @Test
    void shouldListTheClassesThatTheRehearsalMet() throws Exception {
        Path rehearsed = Weir.ROOT.resolve("core/target/weir.rehearsed");
        assumeThat(rehearsed).as("made with the AOT cache").exists();

        assertThat(Files.readAllLines(rehearsed))
                .contains("dev.weir.bridge.transport.ConnectionFailure", "dev.weir.log.LogRecord")
                .allSatisfy(
                        name -> assertThat(Class.forName(name, false, getClass().getClassLoader()))
                                .isNotNull());
    }

    @Test
    void shouldRunAnInstalledWeirWithTheJvmThatCameWithIt() throws Exception {
        Map<String, String> environment =
                Map.of("JAVA_HOME", folder.resolve("another").toString());

        assertThat(run(environment, installed().toString(), "-v")).isZero();
        assertThat(printed)
                .startsWith("fake java")
                .contains("[" + folder.resolve("installed/lib/weir.jar") + "]")
                .doesNotContain("AOTCache");
    }

    @Test
    void shouldSayThatTheToolsOfTheSourceTreeAreNotInstalled() throws Exception {
        assertThat(run(Map.of(), installed().toString(), "bench")).isEqualTo(1);
        assertThat(printed).isEqualTo("weir: 'bench' is a tool of the source tree and not installed.\n");
    }

    /** The launcher of a tree as packaging/tree.sh makes it. */
    private Path installed() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("installed/lib")).getParent();
        Files.writeString(tree.resolve("lib/weir.jar"), "a jar");
        Files.createSymbolicLink(tree.resolve("jvm"), fakeJdk("25.0.1"));
        return Files.copy(Weir.EXECUTABLE, tree.resolve("weir"));
    }

    /** A folder that looks like a JDK; its java prints its arguments. */
    private Path fakeJdk(String version) throws IOException {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(folder.resolve("jdk/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.writeString(
                java,
                "#!/bin/sh\necho fake java; printf '[%s]\\n' \"$@\"; echo _JAVA_SR_SIGNUM=$_JAVA_SR_SIGNUM\n"
                        + "echo GLIBC_TUNABLES=$GLIBC_TUNABLES\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return folder.resolve("jdk");
    }

    private int run(Map<String, String> environment, String... command) throws Exception {
        Path output = folder.resolve("output");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        printed = new String(Files.readAllBytes(output), UTF_8);
        return status;
    }
}
