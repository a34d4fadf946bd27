package dev.weir.config.compile;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.ByteText;
import java.net.InetAddress;

/** From an address as written to one that the transport takes. */
final class Endpoints {
    private Endpoints() {}

    /** @param resolved of a host; null for other kinds of addresses */
    static Endpoint of(AddressSpec address, InetAddress resolved, int port) {
        return switch (address) {
            case AddressSpec.Inet ignored -> new Endpoint.Inet(resolved, port);
            case AddressSpec.Unix unix -> new Endpoint.Unix(ByteText.toNative(unix.path()));
            case AddressSpec.Abstract abstractName -> new Endpoint.Abstract(ByteText.toNative(abstractName.name()));
            case AddressSpec.Inherited inherited -> new Endpoint.Inherited(inherited.fd());
        };
    }
}
