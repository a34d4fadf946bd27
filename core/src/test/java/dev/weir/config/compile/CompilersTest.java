package dev.weir.config.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.balance.BalanceAlgorithms;
import dev.weir.balance.HashKey;
import dev.weir.balance.HashType;
import dev.weir.config.check.AddressResolver;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.Problems;
import dev.weir.config.parse.ConfigurationReader;
import dev.weir.config.parse.Environment;
import dev.weir.server.DynamicCookies;
import dev.weir.server.ObserveSettings.OnError;
import dev.weir.server.PoolSettings;
import dev.weir.server.ProbeTarget;
import dev.weir.server.ServerSettings.PortRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompilersTest {
    private final Problems problems = new Problems();
    private final AddressResolver resolver = new AddressResolver();

    @Test
    void shouldTellServersHowTheyGetTheirCookies() {
        var settings = pool("""
                backend b
                    mode http
                    cookie SRV insert dynamic
                    dynamic-cookie-key MyKey
                    server s1 192.0.2.7:8080
                    server s2 192.0.2.9:80 cookie own
                """);

        assertEquals(new DynamicCookies(true, "MyKey"), settings.dynamicCookies);
        assertNull(settings.servers.get(0).cookie);
        assertEquals("own", new String(settings.servers.get(1).cookie, StandardCharsets.US_ASCII));
    }

    @Test
    void shouldUnrollBindLines() {
        var listeners = listeners("""
                frontend f
                    backlog 7
                    option clitcpka
                    clitcpka-idle 30s
                    bind 127.0.0.1:8001-8002,127.0.0.2:8003 maxconn 5 backlog 9
                    bind :::8004 v6only id 2 name six tcp-ut 3s defer-accept
                    bind unix@/tmp/x.sock mode 600 uid 3 gid 4
                """);

        assertEquals(
                List.of(
                        "127.0.0.1:8001",
                        "127.0.0.1:8002",
                        "127.0.0.2:8003",
                        "[0:0:0:0:0:0:0:0]:8004",
                        "unix@/tmp/x.sock"),
                listeners.stream()
                        .map(listener -> listener.options().endpoint.toString())
                        .toList());
        assertEquals(
                List.of(1, 3, 4, 2, 5),
                listeners.stream().map(BoundListener::id).toList());
        assertEquals("sock-1", listeners.get(0).name());
        assertEquals(9, listeners.get(0).options().backlog);
        assertEquals(30, listeners.get(0).options().socket.keepAliveIdleSeconds);
        assertTrue(listeners.get(0).options().socket.keepAlive);
        assertEquals("six", listeners.get(3).name());
        assertTrue(listeners.get(3).options().v6Only);
        assertEquals(7, listeners.get(3).options().backlog);
        assertEquals(3000, listeners.get(3).options().socket.userTimeoutMs);
        assertEquals(1, listeners.get(3).options().deferAcceptSeconds);
        assertEquals(0600, listeners.get(4).options().unixMode);
        assertEquals(3, listeners.get(4).options().unixUid);
        assertEquals(4, listeners.get(4).options().unixGid);
    }

    @Test
    void shouldLookUpOwnersOfSockets() {
        var listeners = listeners("frontend f\n bind /tmp/x.sock user root group no-such-group\n");

        assertEquals(0, listeners.get(0).options().unixUid);
        assertEquals(1, problems.alerts());
        assertTrue(problems.all().get(0).text().contains("'no-such-group' is an unknown group name"));
    }

    @Test
    void shouldFillInAServer() {
        var settings = pool("""
                backend b
                    source 127.0.0.9
                    server a 127.0.0.1:80 weight 5 maxconn 10 check inter 1s port 81 send-proxy-v2 proxy-v2-options crc32c hash-key addr
                    server b 0.0.0.0:+7 backup source 127.0.0.8:4000-4010 track a
                    server c no-such-host.invalid:80 init-addr none
                    server d unix@/tmp/d.sock check observe layer4 on-error mark-down error-limit 3
                """);

        var first = settings.servers.get(0);
        assertEquals("127.0.0.1:80", first.endpoint.toString());
        assertEquals(new ProbeTarget(null, 81, false), first.check.target);
        assertEquals(1000, first.check.interMs);
        assertEquals("127.0.0.9:0", first.connect.source.toString());
        assertTrue(first.proxyProtocol.crc32c());
        assertEquals(HashKey.ADDR, first.hashKey);
        var second = settings.servers.get(1);
        assertNull(second.endpoint);
        assertEquals(PortRule.FROM_CLIENT, second.portRule);
        assertEquals(7, second.portShift);
        assertEquals(4010, second.connect.sourcePortLast);
        assertEquals("b", second.trackedBackend);
        assertEquals("a", second.trackedServer);
        assertNull(second.check);
        assertTrue(settings.servers.get(2).lacksAddress);
        assertFalse(settings.servers.get(3).lacksAddress);
        assertEquals(OnError.MARK_DOWN, settings.servers.get(3).observe.onError());
        assertEquals(3, settings.servers.get(3).observe.errorLimit());
    }

    @Test
    void shouldFillInAPool() {
        var settings = pool("""
                backend b
                    timeout connect 1s
                    timeout server 2s
                    timeout check 3s
                    balance random(4)
                    hash-type consistent
                    option redispatch 2
                    option allbackups
                    retries 5
                frontend f
                    maxconn 200
                    default_backend b
                frontend g
                    use_backend b if TRUE
                frontend h
                    default_backend other
                """);

        assertEquals(BalanceAlgorithms.RANDOM, settings.balance.method());
        assertEquals(4, settings.balance.draws());
        assertEquals(HashType.CONSISTENT, settings.balance.hashType());
        assertTrue(settings.balance.allBackups());
        assertEquals(1000, settings.queueTimeoutMs);
        assertEquals(3000, settings.checkTimeoutMs);
        assertEquals(2, settings.redispatchInterval);
        assertEquals(5, settings.retriesMax);
        assertEquals(120, settings.fullConn, "a tenth of 200 and of the process's 1000");
    }

    private List<BoundListener> listeners(String text) {
        var configuration = read(text);
        return ListenerCompiler.compile(
                configuration.proxies().get(0), configuration.global().tuning(), resolver, problems);
    }

    private PoolSettings pool(String text) {
        var configuration = read(text);
        return BackendCompiler.compile(configuration, configuration.proxies().get(0), resolver, 1000);
    }

    private Configuration read(String text) {
        var configuration = ConfigurationReader.readText(
                "test.cfg", text.getBytes(StandardCharsets.UTF_8), Environment.of(Map.of()), problems);
        assertFalse(problems.isFatal(), () -> problems.all().toString());
        return configuration;
    }
}
