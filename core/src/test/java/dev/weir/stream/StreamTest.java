package dev.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.SocketName;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class StreamTest {
    private final FakeProcess process = new FakeProcess();

    /** A connection from 192.0.2.1:10 to 192.0.2.2:20 that counts how often it was asked. */
    private static final class CountingFacts implements ConnectionFacts {
        private int questions;

        @Override
        public void peerName(SocketName out) {
            questions++;
            out.ipv4(0xC0000201, 10);
        }

        @Override
        public void localName(SocketName out) {
            questions++;
            out.ipv4(0xC0000202, 20);
        }

        @Override
        public long tcpInfo(Connection.TcpInfo figure) {
            return 1500;
        }
    }

    @Test
    void shouldAskForNamesOnceAndOnlyWhenNeeded() {
        CountingFacts facts = new CountingFacts();
        StreamSide side = new Stream().clientSide();
        side.attach(facts);
        assertThat(facts.questions).isZero();

        assertThat(side.source()).hasToString("192.0.2.1:10");
        assertThat(side.source()).hasToString("192.0.2.1:10");
        assertThat(facts.questions).isEqualTo(1);
        assertThat(side.destination()).hasToString("192.0.2.2:20");
    }

    @Test
    void shouldSeeTheServerSideFromTheOtherEnd() {
        StreamSide side = new Stream().serverSide();
        side.attach(new CountingFacts());

        assertThat(side.destination()).hasToString("192.0.2.1:10");
        assertThat(side.source()).hasToString("192.0.2.2:20");
    }

    @Test
    void shouldForgetTheSessionBefore() {
        Stream stream = process.stream();
        stream.backend(process.backend);
        stream.server(process.server);
        stream.clientSide().changeSource().ipv4(1, 1);
        stream.counts().bytesIn = 5;
        stream.times().closeNs = 7;
        stream.ended(Cause.CLIENT, Phase.DATA);
        stream.lastRule("f", 1);

        stream.start(process, process.frontend, process.frontend, 8, 1);

        assertThat(stream.backend()).isNull();
        assertThat(stream.server()).isNull();
        assertThat(stream.clientSide().source().family()).isEqualTo(SocketName.Family.NONE);
        assertThat(stream.counts().bytesIn).isZero();
        assertThat(stream.times().totalMs()).isEqualTo(-1);
        assertThat(stream.cause()).isEqualTo(Cause.NORMAL);
        assertThat(stream.lastRuleFile()).isNull();
    }

    @Test
    void shouldKeepTheFirstReasonOfTheEnd() {
        Stream stream = process.stream();

        stream.ended(Cause.SERVER, Phase.CONNECT);
        stream.ended(Cause.CLIENT, Phase.DATA);

        assertThat(stream.cause()).isEqualTo(Cause.SERVER);
        assertThat(stream.phase()).isEqualTo(Phase.CONNECT);
    }

    @Test
    void shouldFindFieldsOfTheProxyHeader() {
        byte[] fields = {5, 0, 1, 'x', 2, 0, 2, 'h', 'i', 9, 0, 50};
        ProxyHeader header = process.stream().proxyHeader();
        header.received(new UnsafeBuffer(fields), 0, fields.length);
        UnsafeBuffer view = new UnsafeBuffer(0, 0);

        assertThat(header.field(ProxyHeader.AUTHORITY, view)).isTrue();
        assertThat(view.getStringWithoutLengthAscii(0, 2)).isEqualTo("hi");
        assertThat(header.field(9, view)).isFalse();
        assertThat(header.field(77, view)).isFalse();
    }
}
