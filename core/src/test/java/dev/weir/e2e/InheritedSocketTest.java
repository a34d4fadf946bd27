package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bind fd@N}: a listening socket that the starting program opened. The program is Perl, as Java closes descriptors. */
class InheritedSocketTest {
    private static final String OPEN_AND_EXEC = """
            use Socket; $^F = 1000;
            socket(my $s, PF_INET, SOCK_STREAM, 0) or die $!;
            bind($s, sockaddr_in(0, INADDR_LOOPBACK)) or die $!;
            listen($s, 10) or die $!;
            my ($port) = sockaddr_in(getsockname($s));
            $ENV{LISTENER} = fileno($s);
            open(my $f, '>', 'port.new'); print $f $port; close($f); rename('port.new', 'port');
            exec(@ARGV) or die $!;
            """;

    @TempDir
    Path folder;

    @Test
    void shouldAcceptOnAnInheritedListeningSocket() throws IOException {
        try (var server = new NamedServer("inherited");
                var weir = run(Way.BEST, server)) {
            int port = port(weir);
            assumeTrue(!weir.errors().contains("on nio"), "this machine has no io_uring");

            assertThat(Peers.whoAnswers(port)).as(weir::toString).isEqualTo("inherited");
        }
    }

    @Test
    void shouldSayThatNioCannotDoIt() throws IOException {
        try (var server = new NamedServer("inherited");
                var weir = run(Way.NIO, server)) {
            assertThat(weir.exitStatus()).as(weir::toString).isEqualTo(1);
            assertThat(weir.errors()).contains("[ALERT]").contains("fd@").contains("nio");
        }
    }

    private Weir run(Way way, NamedServer server) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "needs Perl");
        Configurations.file(folder, Configurations.tcp(1, server).replace("127.0.0.1:1\n", "\"fd@${LISTENER}\"\n"));
        List<String> command =
                List.of("/usr/bin/perl", "-e", OPEN_AND_EXEC, Weir.EXECUTABLE.toString(), "-db", "-f", "haproxy.cfg");
        return Weir.command(folder, way, command);
    }

    private int port(Weir weir) throws IOException {
        Path file = folder.resolve("port");
        Patience.await().until(() -> Files.exists(file));
        int port = Integer.parseInt(Files.readString(file));
        weir.listensOn(port);
        return port;
    }
}
