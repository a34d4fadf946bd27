package dev.weir.e2e;

import dev.weir.Patience;
import dev.weir.launch.InProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Who runs a scene's configuration: Weir on its transports, and HAProxy, whose behaviour is the one expected of Weir. */
enum BehaviourEngine {
    WEIR,
    WEIR_ON_NIO,
    HAPROXY;

    private static final Optional<String> HAPROXY_PROGRAM = findHaproxy();

    boolean isWeir() {
        return this != HAPROXY;
    }

    /** Why it cannot run here, or empty. */
    Optional<String> absence() {
        return this == HAPROXY && HAPROXY_PROGRAM.isEmpty()
                ? Optional.of("no HAProxy 3.x: WEIR_HAPROXY names none and none is on the PATH")
                : Optional.empty();
    }

    /** The program of the reference, if it is here. */
    static Optional<String> haproxy() {
        return HAPROXY_PROGRAM;
    }

    /** A proxy that was started. */
    interface Running extends AutoCloseable {
        void softStop() throws IOException;

        /** @return the exit code */
        int awaitEnd() throws InterruptedException;

        @Override
        void close();
    }

    /** @param ports that it will listen on */
    Running start(Path file, List<Integer> ports) throws Exception {
        return switch (this) {
            case WEIR -> new Inside(InProcess.start(file, "best"));
            case WEIR_ON_NIO -> new Inside(InProcess.start(file, "nio"));
            case HAPROXY -> Outside.start(HAPROXY_PROGRAM.orElseThrow(), file, ports);
        };
    }

    private static Optional<String> findHaproxy() {
        String named = System.getenv("WEIR_HAPROXY");
        Stream<String> programs = named != null
                ? Stream.of(named)
                : Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> folder + "/haproxy");
        return programs.filter(program -> Files.isExecutable(Path.of(program)))
                .filter(BehaviourEngine::isNewEnough)
                .findFirst();
    }

    /** The behaviour of 3.2 is the reference; 2.x differs in its defaults. */
    private static boolean isNewEnough(String program) {
        try {
            Process process =
                    new ProcessBuilder(program, "-v").redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes()).matches("(?s)HAProxy version 3\\.[2-9].*");
        } catch (IOException e) {
            return false;
        }
    }

    /** Weir in this JVM. */
    record Inside(InProcess weir) implements Running {
        @Override
        public void softStop() {
            weir.softStop();
        }

        @Override
        public int awaitEnd() throws InterruptedException {
            return weir.awaitEnd();
        }

        @Override
        public void close() {
            weir.close();
        }
    }

    /** A program. */
    record Outside(Process process) implements Running {
        private static final int LOOK_MS = 5;

        static Outside start(String program, Path file, List<Integer> ports) throws Exception {
            Path output = file.resolveSibling("output");
            Process process = new ProcessBuilder(program, "-db", "-f", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            while (!ListeningPorts.now().containsAll(ports)) {
                if (process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
                    throw new IllegalArgumentException(Files.readString(output));
                }
            }
            return new Outside(process);
        }

        @Override
        public void softStop() throws IOException {
            new ProcessBuilder("kill", "-USR1", Long.toString(process.pid())).start();
        }

        @Override
        public int awaitEnd() throws InterruptedException {
            return process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
