package dev.weir.server;

import dev.weir.bridge.transport.SocketName;
import dev.weir.bridge.transport.SocketName.Family;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Writes PROXY protocol headers, as HAProxy does. Allocates for version 1 only (text). Any thread. */
public final class ProxyHeaderWriter {
    /** The longest header: version 2 with IPv6, an authority and a unique id of their longest, and a checksum. */
    public static final int BYTES_MAX = 16 + 36 + (3 + 255) + (3 + 128) + (3 + 4);

    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final int HEAD_BYTES = 16;
    private static final int TYPE_AUTHORITY = 0x02;
    private static final int TYPE_CRC32C = 0x03;
    private static final int TYPE_UNIQUE_ID = 0x05;
    private static final int AUTHORITY_MAX = 255;
    private static final int UNIQUE_ID_MAX = 128;
    private static final long MAPPED_IPV4 = 0x0000_FFFF_0000_0000L;

    private ProxyHeaderWriter() {}

    /** @return how many bytes were written from index 0 */
    static int write(ProxyProtocol protocol, SessionRequest request, MutableDirectBuffer out) {
        if (protocol.version() == 1) {
            return writeLine(request.client, request.clientDestination, out);
        }
        int end = writeAddresses(request.client, request.clientDestination, out);
        int checksum = -1;
        if (protocol.crc32c()) {
            checksum = end + 3;
            end = writeChecksumField(out, end);
        }
        if (protocol.authority() && request.hasAuthority) {
            end = writeField(TYPE_AUTHORITY, request.authority, AUTHORITY_MAX, out, end);
        }
        if (protocol.uniqueId() && request.hasUniqueId) {
            end = writeField(TYPE_UNIQUE_ID, request.uniqueId, UNIQUE_ID_MAX, out, end);
        }
        out.putShort(14, (short) (end - HEAD_BYTES), ByteOrder.BIG_ENDIAN);
        if (checksum >= 0) {
            out.putInt(checksum, Crc32c.of(out, 0, end), ByteOrder.BIG_ENDIAN);
        }
        return end;
    }

    /** The header of a connection that the proxy makes for itself, such as a check: {@code LOCAL}. */
    public static int writeLocal(ProxyProtocol protocol, SocketName local, SocketName peer, MutableDirectBuffer out) {
        if (protocol.version() == 1) {
            return writeLine(local, peer, out);
        }
        out.putBytes(0, SIGNATURE);
        out.putByte(12, (byte) (protocol.neverLocal() ? 0x21 : 0x20));
        out.putByte(13, (byte) 0);
        out.putShort(14, (short) 0);
        return HEAD_BYTES;
    }

    private static int writeLine(SocketName source, SocketName destination, MutableDirectBuffer out) {
        byte[] line = line(source, destination).getBytes(StandardCharsets.US_ASCII);
        out.putBytes(0, line);
        return line.length;
    }

    private static String line(SocketName source, SocketName destination) {
        boolean isInet = source.family() == Family.IPV4 || source.family() == Family.IPV6;
        if (!isInet || source.family() != destination.family()) {
            return "PROXY UNKNOWN\r\n";
        }
        return "PROXY " + (source.family() == Family.IPV4 ? "TCP4 " : "TCP6 ")
                + AddressText.of(source) + " " + AddressText.of(destination) + " " + source.port() + " "
                + destination.port() + "\r\n";
    }

    private static int writeAddresses(SocketName source, SocketName destination, MutableDirectBuffer out) {
        out.putBytes(0, SIGNATURE);
        out.putByte(12, (byte) 0x21);
        if (!isInet(source) || !isInet(destination)) {
            out.putByte(13, (byte) 0);
            return HEAD_BYTES;
        }
        int end;
        if (source.family() == Family.IPV4 && destination.family() == Family.IPV4) {
            out.putByte(13, (byte) 0x11);
            out.putInt(16, (int) source.low(), ByteOrder.BIG_ENDIAN);
            out.putInt(20, (int) destination.low(), ByteOrder.BIG_ENDIAN);
            end = 24;
        } else {
            out.putByte(13, (byte) 0x21);
            writeIpv6(source, out, 16);
            writeIpv6(destination, out, 32);
            end = 48;
        }
        out.putShort(end, (short) source.port(), ByteOrder.BIG_ENDIAN);
        out.putShort(end + 2, (short) destination.port(), ByteOrder.BIG_ENDIAN);
        return end + 4;
    }

    private static boolean isInet(SocketName name) {
        return name.family() == Family.IPV4 || name.family() == Family.IPV6;
    }

    private static void writeIpv6(SocketName name, MutableDirectBuffer out, int offset) {
        boolean isMapped = name.family() == Family.IPV4;
        out.putLong(offset, isMapped ? 0 : name.high(), ByteOrder.BIG_ENDIAN);
        out.putLong(offset + 8, isMapped ? MAPPED_IPV4 | name.low() : name.low(), ByteOrder.BIG_ENDIAN);
    }

    private static int writeField(int type, DirectBuffer value, int bytesMax, MutableDirectBuffer out, int offset) {
        int length = Math.min(value.capacity(), bytesMax);
        out.putByte(offset, (byte) type);
        out.putShort(offset + 1, (short) length, ByteOrder.BIG_ENDIAN);
        out.putBytes(offset + 3, value, 0, length);
        return offset + 3 + length;
    }

    /** The checksum is computed over the whole header with zeroes in its place. */
    private static int writeChecksumField(MutableDirectBuffer out, int offset) {
        out.putByte(offset, (byte) TYPE_CRC32C);
        out.putShort(offset + 1, (short) 4, ByteOrder.BIG_ENDIAN);
        out.putInt(offset + 3, 0);
        return offset + 7;
    }
}
