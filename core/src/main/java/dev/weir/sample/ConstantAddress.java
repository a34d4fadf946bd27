package dev.weir.sample;

import dev.weir.bridge.transport.SocketName;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Addresses in configurations. Allocates; not for hot paths. */
public final class ConstantAddress {
    private ConstantAddress() {}

    /** Reads {@code a.b.c.d}; false if it is none. */
    public static boolean parseIpv4(String text, SocketName out) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        long address = AddressText.parseIpv4(new UnsafeBuffer(bytes), 0, bytes.length);
        if (address >= 0) {
            out.ipv4((int) address, 0);
        }
        return address >= 0;
    }

    /** Reads an IPv6 address; false if it is none. */
    public static boolean parseIpv6(String text, SocketName out) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Sample sample = new Scratch(0).take();
        boolean isAddress = AddressText.parseIpv6(new UnsafeBuffer(bytes), 0, bytes.length, sample);
        if (isAddress) {
            out.ipv6(sample.high(), sample.low(), 0);
        }
        return isAddress;
    }
}
