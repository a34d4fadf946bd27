package dev.weir.server;

import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The PROXY header that introduces a session's client to a server. A connection that began with it may serve the session again as
 * long as the same would be said. Used again for one header after the other. Thread: the session's.
 */
final class Introduction {
    /** Longer than usual only with {@link HeaderFields}. */
    private final ExpandableArrayBuffer header = new ExpandableArrayBuffer(ProxyHeaderWriter.BYTES_MAX);

    private int length;

    void compose(ProxyProtocol protocol, Server server, SessionRequest request) {
        length = ProxyHeaderWriter.write(protocol, server, request, header);
    }

    MutableDirectBuffer header() {
        return header;
    }

    int length() {
        return length;
    }

    /** Whether a connection that began with those bytes, or null for none, began with this. */
    boolean is(byte[] said) {
        return said != null && Arrays.equals(said, 0, said.length, header.byteArray(), 0, length);
    }

    byte[] copy() {
        return Arrays.copyOf(header.byteArray(), length);
    }
}
