package dev.weir.log;

import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.AddressText;
import dev.weir.sample.ByteWriter;

/** How addresses and ports stand in lines. Stateless. */
final class AddressItems {
    private AddressItems() {}

    static void ip(LineWriter line, SocketName name) {
        switch (name.family()) {
            case NONE -> line.missing();
            case UNIX -> line.text("unix");
            case IPV4, IPV6 -> {
                ByteWriter text = line.stage();
                if (line.flags().isHex()) {
                    hex(name, text);
                    line.hex(text);
                } else {
                    AddressText.write(name, text);
                    line.text(text.array(), text.length());
                }
            }
        }
    }

    private static void hex(SocketName name, ByteWriter digits) {
        if (name.family() == SocketName.Family.IPV6) {
            hex(name.high(), 8, digits);
            hex(name.low(), 8, digits);
        } else {
            hex(name.low(), 4, digits);
        }
    }

    private static void hex(long value, int bytes, ByteWriter out) {
        for (int i = bytes - 1; i >= 0; i--) {
            out.putHex((int) (value >>> i * 8));
        }
    }

    /** The port, the listener's number for a UNIX socket, or a dash. */
    static void port(LineWriter line, SocketName name, int unixNumber) {
        switch (name.family()) {
            case NONE -> line.missing();
            case UNIX -> line.number(unixNumber);
            case IPV4, IPV6 -> line.numberOrHex(name.port());
        }
    }
}
