package dev.weir.load.command;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.load.plan.PlanException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Local addresses, single or as a range. */
final class SourceAddresses {
    private static final int RANGE_MAX = 65536;

    private SourceAddresses() {}

    static void add(String text, List<Endpoint.Inet> out) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            out.add(new Endpoint.Inet(address(text), 0));
            return;
        }
        byte[] at = address(text.substring(0, dash)).getAddress();
        InetAddress last = address(text.substring(dash + 1));
        for (int count = 0; count < RANGE_MAX; count++) {
            InetAddress address = of(at);
            out.add(new Endpoint.Inet(address, 0));
            if (address.equals(last)) {
                return;
            }
            increment(at);
        }
        throw new PlanException("--source: '" + text + "' is no range, or one of more than " + RANGE_MAX);
    }

    private static void increment(byte[] address) {
        for (int i = address.length - 1; i >= 0 && ++address[i] == 0; i--) {
            // carried on
        }
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new PlanException("--source: '" + text + "' is no address");
        }
    }
}
