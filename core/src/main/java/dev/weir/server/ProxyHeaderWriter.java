package dev.weir.server;

import dev.weir.bridge.transport.SocketName;
import dev.weir.bridge.transport.SocketName.Family;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Writes PROXY protocol headers, as HAProxy does. Allocates for version 1 only (text). Any thread. */
public final class ProxyHeaderWriter {
    /** HAProxy's limit: one of its buffers. */
    private static final int WHOLE_BYTES_MAX = 16384;
    /** The longest header without {@link HeaderFields}: version 2 with IPv6, an authority and a unique id of their longest, and a checksum. */
    public static final int BYTES_MAX = 16 + 36 + (3 + 255) + (3 + 128) + (3 + 4);

    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final int HEAD_BYTES = 16;
    static final int FIELD_HEAD_BYTES = 3;
    private static final int COMMAND_LOCAL = 0x20;
    private static final int COMMAND_PROXY = 0x21;
    private static final int TCP_OVER_IPV4 = 0x11;
    private static final int TCP_OVER_IPV6 = 0x21;
    private static final int TYPE_AUTHORITY = 0x02;
    private static final int TYPE_CRC32C = 0x03;
    private static final int TYPE_UNIQUE_ID = 0x05;
    private static final int AUTHORITY_MAX = 255;
    private static final int UNIQUE_ID_MAX = 128;
    private static final long MAPPED_IPV4 = 0x0000_FFFF_0000_0000L;

    private ProxyHeaderWriter() {}

    /**
     * @param server who is to be told
     * @param out grows, if there are {@link HeaderFields}
     * @return how many bytes were written from index 0
     */
    static int write(ProxyProtocol protocol, Server server, SessionRequest request, MutableDirectBuffer out) {
        if (protocol.version() == 1) {
            return writeLine(request.client, request.clientDestination, out);
        }
        int end = writeAddresses(request.client, request.clientDestination, out);
        end = writeFields(request.headerFields, server, out, end);
        int checksum = end;
        end = writeChecksum(protocol, out, end);
        if (protocol.authority() && request.hasAuthority) {
            end = writeText(TYPE_AUTHORITY, request.authority, AUTHORITY_MAX, out, end);
        }
        if (protocol.uniqueId() && request.hasUniqueId) {
            end = writeText(TYPE_UNIQUE_ID, request.uniqueId, UNIQUE_ID_MAX, out, end);
        }
        return finish(protocol, checksum, end, out);
    }

    /**
     * The header of a connection that the proxy makes for itself, such as a check: {@code LOCAL}, which has no addresses.
     *
     * @param fields null for none
     */
    public static int writeLocal(
            ProxyProtocol protocol,
            Server server,
            SocketName local,
            SocketName peer,
            HeaderFields fields,
            MutableDirectBuffer out) {
        if (protocol.version() == 1) {
            return writeLine(local, peer, out);
        }
        int end = protocol.neverLocal() ? writeAddresses(local, peer, out) : writeHead(COMMAND_LOCAL, 0, out);
        end = writeFields(fields, server, out, end);
        return finish(protocol, end, writeChecksum(protocol, out, end), out);
    }

    /** The length is not known before, nor is the checksum. @return {@code end} */
    private static int finish(ProxyProtocol protocol, int checksum, int end, MutableDirectBuffer out) {
        out.putShort(14, (short) (end - HEAD_BYTES), ByteOrder.BIG_ENDIAN);
        if (protocol.crc32c()) {
            out.putInt(checksum + FIELD_HEAD_BYTES, Crc32c.of(out, 0, end), ByteOrder.BIG_ENDIAN);
        }
        return end;
    }

    private static int writeFields(HeaderFields fields, Server server, MutableDirectBuffer out, int end) {
        return fields == null ? end : fields.write(server, out, end, WHOLE_BYTES_MAX - BYTES_MAX + end);
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
        if (!isInet(source) || !isInet(destination)) {
            return writeHead(COMMAND_PROXY, 0, out);
        }
        int end;
        if (source.family() == Family.IPV4 && destination.family() == Family.IPV4) {
            writeHead(COMMAND_PROXY, TCP_OVER_IPV4, out);
            out.putInt(16, (int) source.low(), ByteOrder.BIG_ENDIAN);
            out.putInt(20, (int) destination.low(), ByteOrder.BIG_ENDIAN);
            end = 24;
        } else {
            writeHead(COMMAND_PROXY, TCP_OVER_IPV6, out);
            writeIpv6(source, out, 16);
            writeIpv6(destination, out, 32);
            end = 48;
        }
        out.putShort(end, (short) source.port(), ByteOrder.BIG_ENDIAN);
        out.putShort(end + 2, (short) destination.port(), ByteOrder.BIG_ENDIAN);
        return end + 4;
    }

    private static int writeHead(int command, int family, MutableDirectBuffer out) {
        out.putBytes(0, SIGNATURE);
        out.putByte(12, (byte) command);
        out.putByte(13, (byte) family);
        return HEAD_BYTES;
    }

    private static boolean isInet(SocketName name) {
        return name.family() == Family.IPV4 || name.family() == Family.IPV6;
    }

    private static void writeIpv6(SocketName name, MutableDirectBuffer out, int offset) {
        boolean isMapped = name.family() == Family.IPV4;
        out.putLong(offset, isMapped ? 0 : name.high(), ByteOrder.BIG_ENDIAN);
        out.putLong(offset + 8, isMapped ? MAPPED_IPV4 | name.low() : name.low(), ByteOrder.BIG_ENDIAN);
    }

    private static int writeText(int type, DirectBuffer value, int bytesMax, MutableDirectBuffer out, int offset) {
        return writeField(type, value, Math.min(value.capacity(), bytesMax), out, offset);
    }

    /** One field (TLV) with the first bytes of a value. @return where it ends */
    public static int writeField(int type, DirectBuffer value, int length, MutableDirectBuffer out, int offset) {
        out.putByte(offset, (byte) type);
        out.putShort(offset + 1, (short) length, ByteOrder.BIG_ENDIAN);
        out.putBytes(offset + FIELD_HEAD_BYTES, value, 0, length);
        return offset + FIELD_HEAD_BYTES + length;
    }

    /** The checksum is computed over the whole header with zeroes in its place. */
    private static int writeChecksum(ProxyProtocol protocol, MutableDirectBuffer out, int offset) {
        if (!protocol.crc32c()) {
            return offset;
        }
        out.putByte(offset, (byte) TYPE_CRC32C);
        out.putShort(offset + 1, (short) 4, ByteOrder.BIG_ENDIAN);
        out.putInt(offset + FIELD_HEAD_BYTES, 0);
        return offset + FIELD_HEAD_BYTES + 4;
    }
}
