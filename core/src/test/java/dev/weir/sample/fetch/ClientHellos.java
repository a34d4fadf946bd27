package dev.weir.sample.fetch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Builds ClientHello messages for tests. */
public final class ClientHellos {
    private ClientHellos() {}

    /** One record with a TLS 1.2 hello that names a server and protocols. */
    public static byte[] record(String serverName, List<String> protocols) {
        return records(message(serverName, protocols), Integer.MAX_VALUE);
    }

    /** The message cut into records of at most that many bytes. */
    public static byte[] records(byte[] message, int bytesMax) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int start = 0; start < message.length; start += Math.min(bytesMax, message.length)) {
            int length = Math.min(bytesMax, message.length - start);
            out.writeBytes(new byte[] {0x16, 3, 1, (byte) (length >> 8), (byte) length});
            out.write(message, start, length);
        }
        return out.toByteArray();
    }

    /** The handshake message without its record. */
    public static byte[] message(String serverName, List<String> protocols) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {3, 3});
        body.writeBytes(new byte[32]);
        body.writeBytes(new byte[] {0, 0, 4, 0x13, 1, 0x13, 2, 1, 0});
        byte[] extensions = extensions(serverName, protocols);
        two(body, extensions.length);
        body.writeBytes(extensions);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        out.write(body.size() >> 16);
        two(out, body.size() & 0xFFFF);
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }

    private static byte[] extensions(String serverName, List<String> protocols) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        extension(out, 10, new byte[] {0, 4, 0, 29, 0, 23});
        extension(out, 35, new byte[0]);
        byte[] name = serverName.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        two(names, name.length + 3);
        names.write(0);
        two(names, name.length);
        names.writeBytes(name);
        extension(out, 0, names.toByteArray());
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (String protocol : protocols) {
            list.write(protocol.length());
            list.writeBytes(protocol.getBytes(StandardCharsets.US_ASCII));
        }
        ByteArrayOutputStream alpn = new ByteArrayOutputStream();
        two(alpn, list.size());
        alpn.writeBytes(list.toByteArray());
        extension(out, 16, alpn.toByteArray());
        extension(out, 51, new byte[] {0, 7, 0, 29, 0, 3, 1, 2, 3});
        return out.toByteArray();
    }

    private static void extension(ByteArrayOutputStream out, int type, byte[] body) {
        two(out, type);
        two(out, body.length);
        out.writeBytes(body);
    }

    private static void two(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }
}
