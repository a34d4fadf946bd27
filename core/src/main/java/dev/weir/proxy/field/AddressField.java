package dev.weir.proxy.field;

import dev.weir.bridge.transport.SocketName;
import dev.weir.protocol.http.FieldName;
import dev.weir.sample.Network;

/**
 * {@code option forwardfor} and {@code option originalto}, as one side of a proxy says it: a field whose value is an address.
 *
 * @param except addresses that are not told, null for none
 * @param isIfNone not if the request has such a field already; where both sides have the option, each has to say so
 */
public record AddressField(FieldName name, Network except, boolean isIfNone) {
    /** Whether a request may be told this address. */
    public boolean tells(SocketName address) {
        boolean isAddress = address.family() == SocketName.Family.IPV4 || address.family() == SocketName.Family.IPV6;
        return isAddress && (except == null || !except.contains(address));
    }
}
