package dev.weir.config.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.Problem;
import dev.weir.config.model.Problems;
import dev.weir.config.parse.ConfigurationReader;
import dev.weir.config.parse.Environment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationChecksTest {
    private static final String TIMEOUTS = "defaults\n timeout client 1s\n timeout connect 1s\n timeout server 1s\n";

    private final Problems problems = new Problems();
    private final AddressResolver resolver = new AddressResolver();

    @Test
    void shouldNameBothLimitsThatContradictEachOther() {
        check(TIMEOUTS + "listen l\n bind :80\n server s 10.0.0.1:80 maxconn 10 minconn 20\n", false);

        assertTrue(texts().contains("maxconn 10 < minconn 20"), this::texts);
    }

    @Test
    void shouldWarnAboutMissingTimeouts() {
        check(
                "listen a\n bind :80\n timeout client 1s\n timeout connect 1s\n timeout tunnel 1s\n server s 10.0.0.1:80\n",
                false);
        assertEquals(0, problems.warnings(), this::texts);

        check("listen b\n bind :80\n timeout client 1s\n server s 10.0.0.1:80\n", false);
        assertTrue(texts().contains("missing timeouts for proxy 'b'.\n   | While not properly invalid"), this::texts);
    }

    /** The messages are HAProxy 3.2's for this file. */
    @Test
    void shouldWarnAboutWhatMeansNothingInModeTcp() {
        String statements =
                " stats uri /st\n capture request header a len 9\n monitor-uri /m\n http-request deny\n redirect location /\n"
                        + " option checkcache\n option http-buffer-request\n option http-ignore-probes\n option prefer-last-server\n"
                        + " option http-pretend-keepalive\n option forwardfor\n option originalto\n option forwarded\n"
                        + " option httpclose\n option http-keep-alive\n option abortonclose\n";

        check(TIMEOUTS + "listen l\n bind :80\n server s 10.0.0.1:80\n" + statements, false);

        List<String> expected = List.of(
                "'stats' statement ignored for proxy 'l' as it requires HTTP mode.",
                "'capture' statement ignored for proxy 'l' as it requires HTTP mode.",
                "'monitor-uri' statement ignored for proxy 'l' as it requires HTTP mode.",
                "'http-request' rules ignored for proxy 'l' as they require HTTP mode.",
                "'redirect' rules ignored for proxy 'l' as they require HTTP mode.",
                "'option checkcache' ignored for proxy 'l' as it requires HTTP mode.",
                "'option http-buffer-request' ignored for proxy 'l' as it requires HTTP mode.",
                "'option http-ignore-probes' ignored for proxy 'l' as it requires HTTP mode.",
                "'option prefer-last-server' ignored for proxy 'l' as it requires HTTP mode.",
                "'option http-pretend-keepalive' ignored for proxy 'l' as it requires HTTP mode.",
                "'option forwardfor' ignored for proxy 'l' as it requires HTTP mode.",
                "'option forwarded' ignored for proxy 'l' as it requires HTTP mode.",
                "'option originalto' ignored for proxy 'l' as it requires HTTP mode.");
        assertEquals(expected.size(), problems.warnings(), this::texts);
        expected.forEach(text -> assertTrue(texts().contains(text), this::texts));
    }

    @Test
    void shouldTakeHttpRulesOfATcpFrontendForConnectionsThatBecomeHttp() {
        String frontend = TIMEOUTS + "backend web\n mode http\n server s 10.0.0.1:80\n"
                + "backend raw\n server s 10.0.0.1:80\nfrontend f\n bind :80\n http-request deny\n";
        String ignored = "'http-request' rules ignored for frontend 'f' as they require HTTP mode.";
        List<String> upgrades = List.of(
                "default_backend web",
                "use_backend web if FALSE",
                "use_backend %[src]",
                "tcp-request content switch-mode http if HTTP");

        for (String upgrade : upgrades) {
            check(frontend + ' ' + upgrade + '\n', false);
            assertFalse(texts().contains(ignored), () -> upgrade + texts());
            assertFalse(problems.isFatal(), this::texts);
        }
        check(frontend + " default_backend raw\n", false);
        assertTrue(texts().contains(ignored), this::texts);
    }

    @Test
    void shouldWarnOfAnUpgradeThatLeadsToTcpServersOnly() {
        String proxy = TIMEOUTS + "backend web\n mode http\n server s 10.0.0.1:80\n"
                + "listen l\n bind :80\n tcp-request content switch-mode http\n server s 10.0.0.1:80\n";

        check(proxy + " use_backend web if HTTP\n", false);
        assertEquals("", texts());

        check(proxy, false);
        assertTrue(
                texts().contains("Proxy 'l' : 'switch-mode http' configured for a tcp proxy with no backend."),
                this::texts);
    }

    @Test
    void shouldForgiveUnknownNamesWhenAsked() {
        String text = TIMEOUTS + "listen l\n bind :80\n server s no-such-host.invalid:80\n";

        check(text, true);
        assertFalse(problems.isFatal(), this::texts);

        check(text, false);
        assertTrue(texts().contains("could not resolve address 'no-such-host.invalid'."), this::texts);
    }

    @Test
    void shouldResolveAServerAsItsInitAddrSays() {
        var servers = check(
                        TIMEOUTS + "backend b\n server a no-such-host.invalid:80 init-addr libc,10.1.2.3\n"
                                + " server b no-such-host.invalid:80 init-addr none\n server c 10.0.0.3:80\n",
                        false)
                .proxies()
                .get(0)
                .backend()
                .servers();

        assertFalse(problems.isFatal(), this::texts);
        assertEquals(
                "10.1.2.3", ServerAddresses.resolve(servers.get(0), resolver).getHostAddress());
        assertNull(ServerAddresses.resolve(servers.get(1), resolver));
        assertTrue(ServerAddresses.mayLackAddress(servers.get(1)));
        assertEquals(
                "10.0.0.3", ServerAddresses.resolve(servers.get(2), resolver).getHostAddress());
    }

    private Configuration check(String text, boolean mayFailToResolve) {
        var configuration = ConfigurationReader.readText(
                "test.cfg", text.getBytes(StandardCharsets.UTF_8), Environment.of(Map.of()), problems);
        ConfigurationChecks.check(configuration, problems, resolver, mayFailToResolve);
        return configuration;
    }

    private String texts() {
        var out = new StringBuilder();
        for (Problem problem : problems.all()) {
            out.append(problem.format(1)).append('\n');
        }
        return out.toString();
    }
}
