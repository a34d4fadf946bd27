package dev.weir.config.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of faulty configurations, and of those that do less than they seem to. */
class ConfigurationProblemsTest extends ConfigurationReaderFixture {
    @Test
    void shouldReportEveryProblemWithItsLine() {
        read("""
                frontend f
                    bin :80
                    bind :80 nam x
                    timeout cliet 5s
                    option tcplok
                    use-fcgi-app x
                    maxconn many
                """);

        assertEquals(6 + 1, problems.alerts(), this::texts);
        assertTrue(texts().contains(
                        "[test.cfg:2] : unknown keyword 'bin' in 'frontend' section; did you mean 'bind' maybe ?"));
        assertTrue(texts().contains("did you mean 'name' maybe ?"));
        assertTrue(texts().contains("did you mean 'client' maybe ?"));
        assertTrue(texts().contains("did you mean 'tcplog' maybe ?"));
        assertTrue(texts().contains("[test.cfg:7] : 'maxconn' expects an integer argument, found 'many'."));
    }

    @Test
    void shouldTellKnownKeywordsFromMistakes() {
        read("frontend f\n bind :80 ssl\nbackend b\n compression algo gzip\n server s 10.0.0.1:80 sni str(x)\n");

        assertTrue(texts().contains("'ssl' is a HAProxy keyword that this version of Weir does not support (TLS)"));
        assertTrue(texts().contains("'compression' is a HAProxy keyword that this version of Weir does not support"));
        assertTrue(texts().contains("'sni' is a HAProxy keyword that this version of Weir does not support"));
    }

    /** The global section that Debian installs, as far as it does not ask for a chroot. */
    @Test
    void shouldReadDefaultsOfWhatIsNotThere() {
        read("""
                global
                    log /dev/log local0
                    stats socket /run/haproxy/admin.sock mode 660 level admin
                    stats timeout 30s
                    user haproxy
                    daemon
                    ca-base /etc/ssl/certs
                    crt-base /etc/ssl/private
                    ssl-default-bind-ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256
                    ssl-default-bind-ciphersuites TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384
                    ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets
                    tune.ssl.default-dh-param 2048
                    tune.h2.max-concurrent-streams 100
                    thread-groups 1
                """);

        assertEquals(0, problems.alerts(), this::texts);
        assertEquals(0, problems.warnings(), this::texts);
        assertTrue(texts().contains("'ca-base' has no effect in Weir: there is no TLS here"), this::texts);
    }

    @Test
    void shouldPassOverSectionsThatAreNotSupported() {
        var configuration = read("cache c\n total-max-size 4\n max-age 240\nfrontend f\n");

        assertEquals(2, problems.alerts(), this::texts);
        assertEquals("f", configuration.proxies().get(0).name());
    }

    @Test
    void shouldSayWhatIsWrongWithNameServersAndTheirTimes() {
        read("resolvers r\n nameserver a 1.1.1.1\n nameserver b 1.1.1.1:53\n nameserver b 1.1.1.2:53\n hold nxx 1s\n"
                + " hold nx 1x\n timeout foo 1s\n accepted_payload_size 11\n foo\nresolvers r\n");

        String texts = texts();
        for (String expected : new String[] {
            "'nameserver a' : missing port specification in '1.1.1.1'",
            "nameserver 'b' has same name as another nameserver (declared at ",
            "'hold' unknown <event>: 'nxx', expects either 'nx', 'timeout', 'valid', 'obsolete' or 'other'.",
            "unexpected character 'x' in argument to <hold>.",
            "'timeout' expects 'retry' or 'resolve' and <time> as arguments got 'foo'.",
            "'accepted_payload_size' must be between 12 and 65535 inclusive (was 11).",
            "unknown keyword 'foo' in 'resolvers' section",
            "resolvers 'r' has same name as another resolvers (declared at "
        }) {
            assertTrue(texts.contains(expected), () -> expected + " in " + texts);
        }
    }

    @Test
    void shouldStopAfterFiftyAlerts() {
        read("frontend f\n" + " foo\n".repeat(100));

        assertEquals(52, problems.alerts());
        assertTrue(texts().contains("too many fatal errors"));
    }

    @Test
    void shouldSayWhichFileCannotBeRead() {
        ConfigurationReader.read(List.of("/nonexistent/x.cfg"), environment, problems);

        assertTrue(texts().contains(
                        "Cannot open configuration file/directory /nonexistent/x.cfg : No such file or directory"));
    }

    @Test
    void shouldWarnAboutRulesOutOfOrder() {
        read("frontend f\n use_backend x\n tcp-request content accept\n tcp-request connection accept\n");

        assertEquals(2, problems.warnings());
        assertTrue(
                texts().contains(
                                "a 'tcp-request connection' rule placed after a 'tcp-request content' rule will still be processed before."));
    }

    @Test
    void shouldWarnOfRulesThatAMonitorDoesNotWaitFor() {
        read("frontend f\n mode http\n http-request deny\n monitor fail if FALSE\n");

        assertTrue(texts().contains(
                        "a 'monitor fail' rule placed after an 'http-request' rule will still be processed before."));
    }

    @Test
    void shouldWarnOfALogFormatThatReplacesAnotherInDefaults() {
        read("defaults\n mode http\n option httplog\n log-format %ci\nfrontend f\n log-format %ST\n");

        assertEquals(1, problems.warnings());
        assertTrue(texts().contains("'log-format' overrides previous 'option httplog' in 'defaults' section."));
    }
}
