package dev.weir.config.check;

import dev.weir.config.model.AddressSpec.Family;
import dev.weir.config.model.AddressSpec.Inet;
import dev.weir.config.parse.Literals;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;

/**
 * Resolves the names of a configuration at start, each one once, by the system's resolver. Literals ask nobody. Blocks;
 * single-threaded.
 */
public class AddressResolver {
    private static final InetAddress[] NONE = {};

    private final Map<String, InetAddress[]> known = new HashMap<>();

    /** The first address of the wanted family, or null. A wildcard is 0.0.0.0, or :: where IPv6 is wanted. */
    public InetAddress resolve(Inet address) {
        if (address.isWildcard()) {
            return Literals.parse(address.family() == Family.IPV6 ? "::" : "0.0.0.0");
        }
        return resolve(address.host(), address.family());
    }

    /** The first address of the wanted family, or null. */
    public InetAddress resolve(String host, Family family) {
        for (InetAddress candidate : all(host)) {
            if (isOf(candidate, family)) {
                return candidate;
            }
        }
        return null;
    }

    private InetAddress[] all(String host) {
        InetAddress literal = Literals.parse(host);
        if (literal != null) {
            return new InetAddress[] {literal};
        }
        return known.computeIfAbsent(host, this::ask);
    }

    /** All addresses of a name that is no literal, none if it is unknown. */
    protected InetAddress[] ask(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            return NONE; // the caller says which line needed it
        }
    }

    private static boolean isOf(InetAddress address, Family family) {
        return switch (family) {
            case ANY -> true;
            case IPV4 -> address instanceof Inet4Address;
            case IPV6 -> address instanceof Inet6Address;
        };
    }
}
