package dev.weir.config.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.config.model.BalanceLine.Algorithm;
import dev.weir.config.model.ProxyOption;
import dev.weir.config.model.RuleSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, sections, and what they inherit. */
class ConfigurationReaderTest extends ConfigurationReaderFixture {
    @Test
    void shouldCopyDefaultsAtCreation() {
        var proxies = read("""
                defaults base
                    retries 7
                    timeout client 5s
                    option dontlognull
                    balance leastconn
                defaults derived from base
                    retries 8
                    no option dontlognull
                listen a from base
                listen b from derived
                listen c
                defaults
                    retries 9
                listen d
                """).proxies();

        assertFalse(problems.isFatal(), this::texts);
        assertEquals(7, proxies.get(0).backend().retries());
        assertTrue(proxies.get(0).options().has(ProxyOption.DONTLOGNULL));
        assertEquals(8, proxies.get(1).backend().retries());
        assertEquals(5000, proxies.get(1).timeouts().clientMs());
        assertFalse(proxies.get(1).options().has(ProxyOption.DONTLOGNULL));
        assertEquals(8, proxies.get(2).backend().retries());
        assertEquals(9, proxies.get(3).backend().retries());
        assertEquals(Algorithm.ROUNDROBIN, proxies.get(3).backend().balance().algorithm());
        assertEquals(0, proxies.get(3).timeouts().clientMs());
    }

    @Test
    void shouldNotLeakFromOneProxyToTheNext() {
        var proxies = read("""
                defaults
                    timeout server 1s
                listen a
                    timeout server 2s
                    default-server weight 5
                listen b
                    server s 10.0.0.1:80
                """).proxies();

        assertEquals(2000, proxies.get(0).timeouts().serverMs());
        assertEquals(1000, proxies.get(1).timeouts().serverMs());
        assertEquals(1, proxies.get(1).backend().servers().get(0).weight());
    }

    @Test
    void shouldReferToTheRulesOfNamedDefaults() {
        var proxy = read("""
                defaults d
                    acl local src 127.0.0.1
                    tcp-request connection reject if local
                frontend f from d
                    bind :80
                    acl other src 10.0.0.1
                    tcp-request inspect-delay 3s
                    tcp-request content set-var(sess.x) int(1) if other
                    use_backend bk_%[src] if other
                    use_backend b
                """).proxies().get(0);

        assertFalse(problems.isFatal(), this::texts);
        assertEquals("local", proxy.inherited().acls().get(0).name());
        assertEquals(
                RuleSet.TCP_REQUEST_CONNECTION, proxy.inherited().lines().get(0).set());
        assertEquals(List.of("src", "10.0.0.1"), proxy.rules().acls().get(0).words());
        assertEquals(
                List.of("set-var(sess.x)", "int(1)", "if", "other"),
                proxy.rules().lines().get(0).words());
        assertEquals(3000, proxy.rules().requestInspectDelayMs());
        assertTrue(proxy.frontend().useBackends().get(0).isDynamic());
        assertEquals(List.of(), proxy.frontend().useBackends().get(1).condition());
    }

    @Test
    void shouldKeepTheGlobalSectionsTogether() {
        var global = read("""
                global
                    maxconn 100
                    nbthread 2
                    cpu-map auto:1/1-2 4-5
                    hard-stop-after 10s
                    tune.bufsize 32k
                global
                    maxconn 200
                    busy-polling
                """).global();

        assertEquals(200, global.limits().maxConn());
        assertEquals(2, global.threads().count());
        assertTrue(global.threads().busyPolling());
        assertEquals("{4, 5}", global.threads().cpuMaps().get(0).cpus().toString());
        assertEquals(10_000, global.process().hardStopAfterMs());
        assertEquals(32768, global.tuning().bufferBytes());
    }

    @Test
    void shouldNumberProxiesFromOne() {
        assertEquals(List.of(1, 3, 4, 5), ids("frontend a\nbackend b\n id 3\nlisten c\nlisten d\n"));
    }

    @Test
    void shouldNumberProxiesFromTwoBehindAStatsSocket() {
        assertEquals(List.of(2, 3, 4), ids("global\n stats socket /a\nfrontend a\nbackend b\n id 3\nlisten c\n"));
    }

    private List<Integer> ids(String text) {
        return read(text).proxies().stream().map(proxy -> proxy.id()).toList();
    }

    @Test
    void shouldKeepBytesAsTheyAre() {
        var proxy = read("frontend f\n description \"é\\xC3\\xA9$NAME\"\n")
                .proxies()
                .get(0);

        byte[] bytes = proxy.description().getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("ééété", new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void shouldEndSectionsWithTheirFile(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("b.cfg"), "frontend b\n");
        Files.writeString(folder.resolve("a.cfg"), "frontend a\n");
        Files.writeString(folder.resolve(".hidden.cfg"), "nonsense\n");
        Files.writeString(folder.resolve("readme.txt"), "nonsense\n");
        Files.writeString(folder.resolve("Z.cfg"), "maxconn 5\n");

        var configuration = ConfigurationReader.read(List.of(folder.toString()), environment, problems);

        assertEquals(
                List.of("a", "b"),
                configuration.proxies().stream().map(proxy -> proxy.name()).toList());
        assertTrue(texts().contains("Z.cfg:1] : unknown keyword 'maxconn' out of section."));
    }

    @Test
    void shouldProvideVariables() {
        environment.unset("HAPROXY_BRANCH");

        read("frontend f\n description \"$HAPROXY_BRANCH\"\n log-format \"$HAPROXY_TCP_LOG_FMT\"\n");

        assertEquals("3.2", environment.get("HAPROXY_BRANCH"));
        assertNull(environment.get("NOPE"));
    }
}
