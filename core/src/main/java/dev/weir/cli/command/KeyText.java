package dev.weir.cli.command;

import dev.weir.bridge.transport.SocketName;
import dev.weir.cli.CommandFailure;
import dev.weir.server.AddressText;
import dev.weir.stick.TableSettings;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;

/** Keys of stick tables as people write them. No state. */
final class KeyText {
    private KeyText() {}

    /** As {@code show table} writes it. */
    static void write(TableSettings table, UnsafeBuffer key, int length, StringBuilder out) {
        switch (table.type()) {
            case IP, IPV6 -> out.append(address(key, length));
            case INTEGER -> out.append(Integer.toUnsignedLong(key.getInt(0, ByteOrder.BIG_ENDIAN)));
            case STRING -> escaped(key, length, out);
            case BINARY -> out.append(HexFormat.of().withUpperCase().formatHex(bytes(key, length)));
        }
    }

    private static String address(UnsafeBuffer key, int length) {
        SocketName name = new SocketName();
        if (length == 4) {
            name.ipv4(key.getInt(0, ByteOrder.BIG_ENDIAN), 0);
        } else {
            name.ipv6(key.getLong(0, ByteOrder.BIG_ENDIAN), key.getLong(8, ByteOrder.BIG_ENDIAN), 0);
        }
        return AddressText.of(name);
    }

    private static byte[] bytes(UnsafeBuffer key, int length) {
        byte[] bytes = new byte[length];
        key.getBytes(0, bytes);
        return bytes;
    }

    /** Blanks and what cannot be seen are escaped, so that a key is one word. */
    private static void escaped(UnsafeBuffer key, int length, StringBuilder out) {
        for (int i = 0; i < length; i++) {
            int octet = key.getByte(i) & 0xFF;
            if (octet > ' ' && octet < 0x7F && octet != '\\') {
                out.append((char) octet);
            } else if (octet == ' ' || octet == '\\') {
                out.append('\\').append((char) octet);
            } else {
                out.append(String.format("\\x%02X", octet));
            }
        }
    }

    /** The bytes of a key. */
    static UnsafeBuffer parse(TableSettings table, String text) throws CommandFailure {
        return switch (table.type()) {
            case IP -> address(text, 4);
            case IPV6 -> address(text, 16);
            case INTEGER -> integer(text);
            case STRING -> cut(text.getBytes(StandardCharsets.UTF_8), table);
            case BINARY -> binary(text, table);
        };
    }

    /** IPv4 addresses are keys of IPv6 as well ({@code ::ffff:192.0.2.1}), and those of IPv4, as in HAProxy. */
    private static UnsafeBuffer address(String text, int length) throws CommandFailure {
        InetAddress address = AddressText.literal(text); // of IPv4 too where an IPv6 address contains one
        byte[] bytes = address == null ? new byte[0] : address.getAddress();
        if (bytes.length == length) {
            return new UnsafeBuffer(bytes);
        }
        if (bytes.length != 4) {
            throw new CommandFailure("Invalid key");
        }
        UnsafeBuffer key = new UnsafeBuffer(new byte[16]);
        key.putShort(10, (short) -1);
        key.putBytes(12, bytes);
        return key;
    }

    private static UnsafeBuffer integer(String text) throws CommandFailure {
        if (!text.matches("[0-9]{1,10}")) {
            throw new CommandFailure("Invalid key");
        }
        UnsafeBuffer key = new UnsafeBuffer(new byte[4]);
        key.putInt(0, (int) Long.parseLong(text), ByteOrder.BIG_ENDIAN);
        return key;
    }

    private static UnsafeBuffer cut(byte[] bytes, TableSettings table) {
        return new UnsafeBuffer(bytes, 0, Math.min(bytes.length, table.keyBytes()));
    }

    private static UnsafeBuffer binary(String text, TableSettings table) throws CommandFailure {
        if (!text.matches("([0-9a-fA-F]{2})*")) {
            throw new CommandFailure("Invalid key");
        }
        byte[] bytes = HexFormat.of().parseHex(text);
        byte[] key = new byte[table.keyBytes()];
        System.arraycopy(bytes, 0, key, 0, Math.min(bytes.length, key.length));
        return new UnsafeBuffer(key);
    }
}
