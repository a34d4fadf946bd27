package dev.weir.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** MQTT packets for tests: good ones of both kinds and all versions, and what a generator makes of them. */
public final class MqttPackets {
    private static final String V3 = "00044d51545404";
    private static final String V5 = "00044d51545405";

    private MqttPackets() {}

    /** Good ones. */
    public static List<byte[]> good() {
        String properties = "11 0000003c 21 0014 27 00010000 22 000a 19 01 17 00 26 0001 61 0001 62 15 0005"
                + hex("SCRAM") + "16 0002 beef";
        String will =
                "18 00000005 01 01 02 ffffffff 03 000a" + hex("text/plain") + "08 0005" + hex("reply") + "09 0002 0102";
        return List.of(
                packet(0x10, V3 + "02 003c" + text("client-1")),
                packet(0x10, V3 + "c2 000a" + text("c") + text("user") + text("secret")),
                packet(0x10, V3 + "ee ffff" + text("") + text("last/will") + text("gone") + text("u") + text("p")),
                packet(0x10, V5 + "02 0000 00" + text("five")),
                packet(0x10, V5 + "c2 0010" + block(properties) + text("five") + text("user") + text("secret")),
                packet(
                        0x10,
                        V5 + "c6 0010" + block("") + text("five") + block(will) + text("topic") + text("load")
                                + text("user") + text("secret")),
                packet(0x10, "00064d514973647003" + "c2 003c" + text("old") + text("user") + text("secret")),
                packet(0x20, "00 00"),
                packet(0x20, "01 05"),
                packet(0x20, "00 00" + block("")),
                packet(
                        0x20,
                        "01 80"
                                + block("11 00000001 21 0001 24 01 25 00 27 00000100 12 0003" + hex("abc")
                                        + "22 0002 1f 0002 4f4b 28 01 29 00 2a 01 13 0078 1a 0001 69 1c 0001 73"
                                        + "15 0001 6d 16 0001 64")));
    }

    /** A good one with something done to it: bits, lengths, what comes after, or where it ends. */
    public static byte[] mutant(Random random) {
        List<byte[]> good = good();
        byte[] packet = good.get(random.nextInt(good.size())).clone();
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(packet, 1 + random.nextInt(packet.length + 3));
            case 1 -> withBit(packet, random);
            case 2 -> withBit(withBit(packet, random), random);
            default -> {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt(64);
                yield packet;
            }
        };
    }

    private static byte[] withBit(byte[] packet, Random random) {
        packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
        return packet;
    }

    private static byte[] packet(int first, String body) {
        return HexFormat.of().parseHex("%02x".formatted(first) + block(body));
    }

    /** With its length in front. */
    private static String block(String body) {
        String bare = body.replace(" ", "");
        var length = new ByteArrayOutputStream();
        int rest = bare.length() / 2;
        while (rest >= 0x80) {
            length.write(rest & 0x7F | 0x80);
            rest >>= 7;
        }
        length.write(rest);
        return HexFormat.of().formatHex(length.toByteArray()) + bare;
    }

    private static String text(String text) {
        return "%04x".formatted(text.length()) + hex(text);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
