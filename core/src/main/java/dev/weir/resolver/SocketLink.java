package dev.weir.resolver;

import java.nio.ByteBuffer;
import java.nio.channels.Selector;

/** Both ways to a name server, by sockets. Thread: the resolvers'. */
final class SocketLink implements NameServerLink {
    private final DatagramWay datagrams;
    private final StreamWay stream;

    /** @param buffer what datagrams are received in; shared by all links */
    SocketLink(
            Selector selector,
            ByteBuffer buffer,
            NameServerSettings settings,
            int payloadBytes,
            NameServerLink.Listener listener) {
        this.datagrams = new DatagramWay(selector, settings.address(), payloadBytes, buffer, listener);
        this.stream = new StreamWay(selector, settings.address(), listener);
    }

    @Override
    public boolean send(byte[] question) {
        return datagrams.send(question);
    }

    @Override
    public boolean sendByStream(byte[] question) {
        return stream.send(question);
    }

    @Override
    public void close() {
        datagrams.close();
        stream.close();
    }
}
