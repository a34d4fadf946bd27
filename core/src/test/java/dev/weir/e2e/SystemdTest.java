package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@code Type=notify} unit hears of the process. */
class SystemdTest {
    @TempDir
    Path folder;

    private final NamedServer server = new NamedServer("s");
    private final int port = Peers.freePort();

    @AfterEach
    void closeServer() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTellSystemdWhenItServesReloadsAndStops(boolean isAbstract) {
        try (var socket = socket(isAbstract);
                var weir = start(List.of("NOTIFY_SOCKET=" + socket.name()), "-Ws")) {
            assertThat(socket.await("READY")).isEqualTo(ready(weir, "Ready."));
            assertThat(Peers.accepts(port)).isTrue();

            long beforeUs = System.nanoTime() / 1_000;
            weir.signal("USR2");
            Map<String, String> reloading = socket.await("RELOADING");
            assertThat(reloading).containsEntry("STATUS", "Reloading Configuration.");
            assertThat(Long.parseLong(reloading.get("MONOTONIC_USEC"))).isBetween(beforeUs, System.nanoTime() / 1_000);
            assertThat(socket.await("READY")).isEqualTo(ready(weir, "Ready."));

            weir.signal("TERM");
            assertThat(socket.await("STOPPING")).containsEntry("STATUS", "Stopping.");
            assertThat(weir.exitStatus()).isEqualTo(130);
        }
    }

    @Test
    void shouldTellSystemdThatItServesOnAfterAReloadThatFailed() {
        try (var socket = socket(false);
                var weir = start(List.of("NOTIFY_SOCKET=" + socket.name()), "-Ws")) {
            socket.await("READY");

            Configurations.file(folder, "nonsense\n");
            weir.signal("HUP");

            socket.await("RELOADING");
            assertThat(socket.await("READY"))
                    .isEqualTo(ready(weir, "Reload failed, the configuration before stays in force."));
        }
    }

    @Test
    void shouldTellNobodyWithoutTheOption() {
        try (var socket = socket(false);
                var weir = start(List.of("NOTIFY_SOCKET=" + socket.name(), "WATCHDOG_USEC=1000"), "-db")) {
            weir.listensOn(port).signal("USR2").says("Reloaded").signal("TERM");

            assertThat(weir.exitStatus()).isZero();
            assertThat(socket.poll()).isEmpty();
        }
    }

    @Test
    void shouldServeAndSayWhyWhenSystemdCannotBeTold() {
        String nowhere = folder.resolve("nowhere").toString();

        try (var weir = start(List.of("NOTIFY_SOCKET=" + nowhere), "-Ws")) {
            weir.listensOn(port)
                    .says("systemd cannot be told at NOTIFY_SOCKET '" + nowhere + "': No such file or directory");
        }
    }

    @Test
    void shouldFeedTheWatchdogForAsLongAsEveryLoopRuns() throws Exception {
        int debugPort = Peers.freePort();
        var environment = new ArrayList<String>();
        environment.add("WATCHDOG_USEC=2000000");
        environment.add(
                "WEIR_JAVA_OPTS=-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + debugPort);
        try (var socket = socket(true)) {
            environment.add("NOTIFY_SOCKET=" + socket.name());
            try (var weir = start(environment, "-Ws")) {
                socket.await("WATCHDOG");
                socket.await("WATCHDOG");
                VirtualMachine machine = attach(debugPort);
                ThreadReference loop = machine.allThreads().stream()
                        .filter(thread -> thread.name().equals("weir-loop-1"))
                        .findFirst()
                        .orElseThrow();

                loop.suspend();
                weir.says("event loop 1 has run nothing for 1000 ms");
                while (!socket.poll().isEmpty()) {
                    // signs from before it was stuck
                    Thread.onSpinWait();
                }
                loop.resume();

                weir.says("all event loops run again.");
                socket.await("WATCHDOG");
                machine.dispose();
            }
        }
    }

    @Test
    void shouldNotFeedAWatchdogThatWaitsForAnotherProcess() {
        try (var socket = socket(false);
                var weir = start(
                        List.of("NOTIFY_SOCKET=" + socket.name(), "WATCHDOG_USEC=1000", "WATCHDOG_PID=1"), "-Ws")) {
            socket.await("READY");
            weir.signal("USR2");

            List<Map<String, String>> heard = new ArrayList<>();
            socket.await(state -> heard.add(state) && state.containsKey("READY"));
            weir.signal("TERM");
            socket.await(state -> heard.add(state) && state.containsKey("STOPPING"));
            assertThat(heard).noneMatch(state -> state.containsKey("WATCHDOG"));
        }
    }

    private NotifySocket socket(boolean isAbstract) {
        return new NotifySocket(
                isAbstract
                        ? "@weir-test-" + ProcessHandle.current().pid() + "-" + port
                        : folder.resolve("notify").toString());
    }

    /** Two loops, since one would hide which of them is stuck. */
    private Weir start(List<String> environment, String... options) {
        Configurations.file(folder, "global\n    nbthread 2\n" + Configurations.tcp(port, server));
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(environment);
        command.add(Weir.EXECUTABLE.toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-f", "haproxy.cfg"));
        return Weir.command(folder, Way.BEST, command);
    }

    private static Map<String, String> ready(Weir weir, String status) {
        return Map.of("READY", "1", "MAINPID", Long.toString(weir.pid()), "STATUS", status);
    }

    private static VirtualMachine attach(int debugPort) throws Exception {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(candidate -> candidate.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        var arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(Integer.toString(debugPort));
        return connector.attach(arguments);
    }
}
