package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.FreePort;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code debug} of the executable, whose outputs are its own. */
class DebugConverterTest {
    @TempDir
    Path folder;

    private void write(int port, String rule) {
        Configurations.file(folder, """
                defaults
                    mode http
                    timeout client 20s
                frontend fe
                    bind 127.0.0.1:%d
                    http-request return status 200 hdr x "%s"
                """.formatted(port, rule));
    }

    @Test
    void shouldShowWhatPasses() throws Exception {
        int port = FreePort.next();
        write(
                port,
                "%[path,debug(pre,stdout)] %[int(3),debug(,stderr)] %[src,debug(a,stderr)] %[method,debug(m,stderr)]"
                        + " %[bool(1),debug(b,stderr)]");
        try (var weir = Weir.start(folder, "-f", "haproxy.cfg").listensOn(port);
                var client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getOutputStream().write("GET /p HTTP/1.0\r\nhost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).contains("x: /p 3 127.0.0.1 GET 1\r\n");
            assertThat(weir.out()).contains("[debug] pre: type=str </p>\n");
            assertThat(weir.errors())
                    .contains("[debug] : type=sint <3>\n")
                    .contains("[debug] a: type=ipv4 <127.0.0.1>\n")
                    .contains("[debug] m: type=meth <GET>\n")
                    .contains("[debug] b: type=bool <1>\n");
        }
    }

    @Test
    void shouldRefuseARing() {
        write(FreePort.next(), "%[path,debug(pre)] %[path,debug(pre,buf0)]");

        try (var weir = Weir.start(folder, "-c", "-f", "haproxy.cfg")) {
            assertThat(weir.exitStatus()).as(weir::toString).isEqualTo(1);
            assertThat(weir.errors()).contains("expects 'stdout' or 'stderr' as destination: there are no rings");
        }
    }
}
