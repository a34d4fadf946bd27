package dev.weir.config.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.AddressSpec.PortForm;
import dev.weir.config.model.BackendSettings.HashAffinity;
import dev.weir.config.model.BalanceLine.Algorithm;
import dev.weir.config.model.BindLine.FamilyUse;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.HashType;
import dev.weir.config.model.LogLine.Target;
import dev.weir.config.model.Problem;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxyOption;
import dev.weir.config.model.RuleSet;
import dev.weir.config.model.ServerLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {
    private final Problems problems = new Problems();
    private final Environment environment = Environment.of(Map.of("FD", "7", "NAME", "été"));

    @Test
    void shouldReadAddressesInAllForms() {
        var binds = read("""
                frontend f
                    bind *:80,127.0.0.1:81-83 name x maxconn 5 accept-proxy
                    bind :::84 v4v6
                    bind [::1]:85 v6only
                    bind fd@${FD}
                    bind unix@/run/x.sock mode 640 user www group 12
                    bind abns@name
                    bind ipv4@localhost:86 mss -40 tcp-ut 2s thread 2-3 shards 4
                """).proxies().get(0).frontend().binds();

        assertFalse(problems.isFatal(), this::texts);
        var first = binds.get(0);
        assertEquals("x", first.name());
        assertEquals(5, first.maxConn());
        assertTrue(first.acceptProxy());
        assertEquals(inet("*:80", "", 80, 80), first.addresses().get(0));
        assertEquals(
                inet("127.0.0.1:81-83", "127.0.0.1", 81, 83), first.addresses().get(1));
        assertEquals(inet(":::84", "::", 84, 84), binds.get(1).addresses().get(0));
        assertEquals(FamilyUse.BOTH, binds.get(1).families());
        assertEquals(inet("[::1]:85", "::1", 85, 85), binds.get(2).addresses().get(0));
        assertEquals(
                new AddressSpec.Inherited("fd@7", 7), binds.get(3).addresses().get(0));
        assertEquals(
                new AddressSpec.Unix("unix@/run/x.sock", "/run/x.sock"),
                binds.get(4).addresses().get(0));
        assertEquals(0640, binds.get(4).rights().mode());
        assertEquals("www", binds.get(4).rights().user());
        assertEquals(
                new AddressSpec.Abstract("abns@name", "name"),
                binds.get(5).addresses().get(0));
        var last = binds.get(6);
        assertEquals(
                AddressSpec.Family.IPV4, ((AddressSpec.Inet) last.addresses().get(0)).family());
        assertEquals(-40, last.maxSegmentBytes());
        assertEquals(2000, last.userTimeoutMs());
        assertEquals(2, last.threadFirst());
        assertEquals(3, last.threadLast());
    }

    private static AddressSpec inet(String text, String host, int first, int last) {
        return new AddressSpec.Inet(text, AddressSpec.Family.ANY, host, PortForm.FIXED, first, last);
    }

    @Test
    void shouldNotNameServersInFieldsOfTheFraming() {
        var backend = read("""
                backend b
                    mode http
                    http-send-name-header Content-Length
                """).proxies().get(0);

        assertFalse(problems.isFatal(), this::texts);
        assertEquals("", backend.http().serverNameHeader());
        assertTrue(texts().contains("'Content-Length' belongs to the framing of messages"), this::texts);
    }

    /** Other options follow on the same line. */
    @Test
    void shouldReadWhatFollowsAnOptionWithoutEffect() {
        var server = read("""
                backend b
                    server a 10.0.0.2:80 pool-low-conn 4 pool-purge-delay 1s maxconn 7
                """).proxies().get(0).backend().servers().get(0);

        assertFalse(problems.isFatal(), this::texts);
        assertEquals(7, server.maxConn());
        assertEquals(1000, server.pooling().purgeDelayMs());
    }

    @Test
    void shouldKeepTheFirstInspectDelay() {
        var proxies = read("""
                defaults d
                    mode tcp
                    tcp-response inspect-delay 7s
                listen l
                    bind :80
                    tcp-request inspect-delay 1s
                    tcp-request inspect-delay 2s
                    tcp-response inspect-delay 3s
                """).proxies();

        assertFalse(problems.isFatal(), this::texts);
        assertEquals(1000, proxies.get(0).rules().requestInspectDelayMs());
        assertEquals(7000, proxies.get(0).rules().responseInspectDelayMs());
        assertEquals(
                2,
                texts().lines()
                        .filter(line -> line.contains("(was already defined) in"))
                        .count(),
                this::texts);
    }

    @Test
    void shouldReadServersWithTheirDefaults() {
        var servers = read("""
                backend b
                    server early 10.0.0.1:80
                    default-server inter 3s rise 4 check weight 10 maxconn 100
                    server a 10.0.0.2:+5 backup slowstart 1500ms
                    server b 10.0.0.3 no-check weight 0 id 9 cookie c1 init-addr libc,none,10.9.9.9
                    server-template t 2-3 10.0.0.4:80 send-proxy-v2 proxy-v2-options crc32c
                """).proxies().get(0).backend().servers();

        assertFalse(problems.isFatal(), this::texts);
        assertEquals(
                List.of("early", "a", "b", "t2", "t3"),
                servers.stream().map(ServerLine::name).toList());
        assertEquals(
                List.of(1, 2, 9, 4, 5), servers.stream().map(ServerLine::id).toList());
        assertEquals(1, servers.get(0).weight());
        assertEquals(2000, servers.get(0).check().interMs());
        var second = servers.get(1);
        assertEquals(10, second.weight());
        assertTrue(second.check().enabled());
        assertEquals(3000, second.check().interMs());
        assertEquals(4, second.check().rise());
        assertEquals(2000, second.slowStartMs());
        assertEquals(PortForm.SHIFTED, ((AddressSpec.Inet) second.address()).portForm());
        assertEquals(5, ((AddressSpec.Inet) second.address()).port());
        assertFalse(servers.get(2).check().enabled());
        assertEquals("c1", servers.get(2).cookie());
        assertEquals(3, servers.get(2).initAddr().size());
        assertEquals(2, servers.get(3).sendProxy().version());
        assertTrue(servers.get(4).sendProxy().crc32c());
    }

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
    void shouldReadBalancing() {
        var proxies = read("""
                backend a
                    balance random(3)
                backend b
                    balance hash src,ipmask(24)
                    hash-type consistent
                    hash-balance-factor 150
                    hash-preserve-affinity maxqueue
                backend c
                    balance source
                    hash-type map-based wt6 avalanche
                backend d
                    hash-type consistent crc32
                """).proxies();

        assertFalse(problems.isFatal(), this::texts);
        assertEquals(3, proxies.get(0).backend().balance().draws());
        assertEquals(
                List.of("src,ipmask(24)"), proxies.get(1).backend().balance().expression());
        assertEquals(
                new HashType(true, HashType.Function.SDBM, true),
                proxies.get(1).backend().hashType());
        assertEquals(150, proxies.get(1).backend().hashBalanceFactorPercent());
        assertEquals(HashAffinity.MAXQUEUE, proxies.get(1).backend().affinity());
        assertEquals(
                new HashType(false, HashType.Function.WT6, true),
                proxies.get(2).backend().hashType());
        assertEquals(
                new HashType(true, HashType.Function.CRC32, false),
                proxies.get(3).backend().hashType());
    }

    @Test
    void shouldReadLogTargets() {
        var log = read("""
                global
                    log 127.0.0.1 len 2048 format rfc5424 sample 1,3-4:5 local1 info err
                    log stdout format raw daemon
                frontend f
                    log global
                    log /dev/log local7
                    log fd@3 kern
                    option tcplog
                """).proxies().get(0).log();

        assertFalse(problems.isFatal(), this::texts);
        var first = log.lines().get(0);
        assertEquals(514, ((Target.Udp) first.target()).address().port());
        assertEquals(2048, first.lengthMax());
        assertEquals("rfc5424", first.format());
        assertEquals(5, first.sampling().size());
        assertEquals(17, first.facility());
        assertEquals(6, first.levelMax());
        assertEquals(3, first.levelMin());
        assertEquals(new Target.Stdout(), log.lines().get(1).target());
        assertEquals(new Target.UnixDatagram("/dev/log"), log.lines().get(2).target());
        assertEquals(new Target.Descriptor(3), log.lines().get(3).target());
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
    void shouldReadNameServersAndTheTimesOfTheirAnswers() {
        var configuration = read("resolvers r\n nameserver a 1.1.1.1:53\n nameserver b tcp6@[::1]:5353\n hold nx 5s\n"
                + " timeout retry 200ms\n resolve_retries 2\n accepted_payload_size 8192\n");

        assertEquals(0, problems.alerts(), this::texts);
        var section = configuration.resolvers("r");
        assertEquals(2, section.nameServers().size());
        assertEquals(5353, section.nameServers().get(1).address().port());
        assertTrue(section.nameServers().get(1).isStream());
        assertEquals(5_000, section.hold().nxMs());
        assertEquals(30_000, section.hold().otherMs());
        assertEquals(200, section.retryMs());
        assertEquals(1_000, section.resolveMs());
        assertEquals(2, section.retries());
        assertEquals(8_192, section.payloadBytes());
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

    @Test
    void shouldProvideVariables() {
        environment.unset("HAPROXY_BRANCH");

        read("frontend f\n description \"$HAPROXY_BRANCH\"\n log-format \"$HAPROXY_TCP_LOG_FMT\"\n");

        assertEquals("3.2", environment.get("HAPROXY_BRANCH"));
        assertNull(environment.get("NOPE"));
    }

    private Configuration read(String text) {
        return ConfigurationReader.readText("test.cfg", text.getBytes(StandardCharsets.UTF_8), environment, problems);
    }

    private String texts() {
        var out = new StringBuilder();
        for (Problem problem : problems.all()) {
            out.append(problem.format(1)).append('\n');
        }
        return out.toString();
    }
}
