package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.Patience;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A real name server whose zone changes, and which dies, while requests come without a pause. */
@DisplayName("names from dnsmasq")
final class DnsmasqTest {
    private static final String CONFIGURATION = """
            global
                nbthread 2
                stats socket @folder@/api mode 600 level admin
                log 127.0.0.1:@log@ local0
            resolvers r
                nameserver n1 127.0.0.1:@dns@
                timeout resolve 50ms
                timeout retry 200ms
                hold timeout 1h
            defaults base
                mode http
                timeout client 30s
                timeout server 30s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend be
            backend be
                balance roundrobin
                server-template web 3 web.test:@web@ resolvers r resolve-prefer ipv4 init-addr none
            """;

    private final BehaviourScene scene = new BehaviourScene(BehaviourEngine.WEIR);
    private final List<NamedHttpServer> servers = new ArrayList<>();
    private final Path hosts = scene.folder().resolve("hosts");
    private Process dnsmasq;

    DnsmasqTest() throws IOException {}

    @BeforeEach
    void startNameServer() throws Exception {
        var program = Stream.of((System.getenv("PATH") + ":/usr/sbin").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "dnsmasq"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "dnsmasq is not installed (apt-get install dnsmasq-base)");
        zone("127.0.0.1");
        int port = Peers.freePort();
        scene.port("dns", port);
        dnsmasq = new ProcessBuilder(
                        program.get().toString(),
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--pid-file=",
                        "--user=" + System.getProperty("user.name"),
                        "--port=" + port,
                        "--listen-address=127.0.0.1",
                        "--bind-interfaces",
                        "--no-resolv",
                        "--no-hosts",
                        "--local=/test/",
                        "--addn-hosts=" + hosts)
                .redirectErrorStream(true)
                .redirectOutput(scene.folder().resolve("dnsmasq.log").toFile())
                .start();
        Patience.await().until(() -> Peers.accepts(port));
    }

    @AfterEach
    void end() throws Exception {
        if (dnsmasq != null) {
            dnsmasq.destroyForcibly().waitFor();
        }
        scene.close();
        for (NamedHttpServer server : servers) {
            server.close();
        }
    }

    /** What {@code web.test} leads to from the next SIGHUP on. */
    private void zone(String... addresses) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String address : addresses) {
            lines.append(address).append(" web.test\n");
        }
        Files.writeString(hosts, lines);
    }

    private void change(String... addresses) throws Exception {
        zone(addresses);
        new ProcessBuilder("kill", "-HUP", Long.toString(dnsmasq.pid())).start().waitFor();
    }

    private void serve(String name, String address) throws IOException {
        servers.add(new NamedHttpServer(
                name, address, servers.isEmpty() ? 0 : servers.getFirst().port()));
    }

    private void awaitAddresses(String... expected) {
        Patience.await().untilAsserted(() -> {
            List<String> addresses = scene.ask("api", "show servers state be")
                    .lines()
                    .skip(2)
                    .filter(line -> !line.isEmpty())
                    .map(line -> line.split(" ")[4])
                    .filter(address -> !address.equals("-"))
                    .sorted()
                    .toList();
            assertThat(addresses).containsExactly(expected);
        });
    }

    /** As many answers again as there have been, and some: all from now on come from those servers alone. */
    private static void awaitMore(HttpLoad load, String name) {
        int before = load.answers().getOrDefault(name, 0);
        Patience.await().until(() -> load.answers().getOrDefault(name, 0) > before + 50);
    }

    @Test
    void shouldLoseNoRequestWhileTheZoneChangesAndTheNameServerDies() throws Exception {
        serve("one", "127.0.0.1");
        serve("two", "127.0.0.2");
        serve("three", "127.0.0.3");
        scene.port("web", servers.getFirst().port());
        scene.startWhole(CONFIGURATION);
        awaitAddresses("127.0.0.1");

        try (HttpLoad load = new HttpLoad(scene.port("fe"), 8)) {
            awaitMore(load, "one");
            change("127.0.0.1", "127.0.0.2");
            awaitMore(load, "two");
            change("127.0.0.2", "127.0.0.3");
            awaitMore(load, "three");
            awaitAddresses("127.0.0.2", "127.0.0.3");
            change("127.0.0.1");
            awaitAddresses("127.0.0.1");
            awaitMore(load, "one");

            dnsmasq.destroyForcibly().waitFor();
            Patience.await()
                    .until(() -> scene.ask("api", "show resolvers r")
                            .lines()
                            .anyMatch(line -> line.matches(" +timeout: +[1-9].*")));
            awaitMore(load, "one");

            assertThat(load.failures()).isEmpty();
        }
    }
}
