package dev.weir.resolver;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * An address or a service that answers named: kept while they name it, and {@code hold obsolete} longer. Thread: the resolvers'.
 */
public final class ResolvedRecord {
    private final InetAddress address;
    private final Name target;
    private final int port;
    private int weight;
    private InetAddress additional;
    private long additionalSeenNs;
    private long seenNs;
    /** Who uses this address. */
    private final List<AddressUser> users = new ArrayList<>();

    private ResolvedRecord(InetAddress address, Name target, int port) {
        this.address = address;
        this.target = target;
        this.port = port;
    }

    static ResolvedRecord ofAddress(InetAddress address) {
        return new ResolvedRecord(address, null, 0);
    }

    static ResolvedRecord ofService(Name target, int port) {
        return new ResolvedRecord(null, target, port);
    }

    /** Null for a service. */
    public InetAddress address() {
        return address;
    }

    /** Host of a service, without a dot at the end and in lower case. */
    public String host() {
        return target.canonicalize().toString(true);
    }

    Name target() {
        return target;
    }

    /** Of a service. */
    public int port() {
        return port;
    }

    /** Of a service, 0 to 65535. */
    public int weight() {
        return weight;
    }

    /** Address of a service's host that came along; null if none did. */
    public InetAddress additional() {
        return additional;
    }

    List<AddressUser> users() {
        return users;
    }

    void seen(long nowNs) {
        seenNs = nowNs;
    }

    void weight(int weight) {
        this.weight = weight;
    }

    /** Takes over what came along: the address that is known if it is among them, else the first. */
    void additional(List<InetAddress> given, long nowNs, long obsoleteNs) {
        boolean isKnown = additional != null && given.contains(additional);
        boolean isObsolete = additional != null && additionalSeenNs + obsoleteNs < nowNs;
        if (isKnown) {
            additionalSeenNs = nowNs;
        } else if (additional == null || isObsolete) {
            additional = given.isEmpty() ? null : given.getFirst();
            additionalSeenNs = nowNs;
        }
    }

    boolean isObsolete(long nowNs, long obsoleteNs) {
        return seenNs + obsoleteNs < nowNs;
    }
}
