package dev.weir.config.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.AddressSpec.PortForm;
import dev.weir.config.model.BackendSettings.HashAffinity;
import dev.weir.config.model.BindLine.FamilyUse;
import dev.weir.config.model.HashType;
import dev.weir.config.model.LogLine.Target;
import dev.weir.config.model.ServerLine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lines of a section say: addresses, servers, balancing, logs. */
class ConfigurationLinesTest extends ConfigurationReaderFixture {
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
}
