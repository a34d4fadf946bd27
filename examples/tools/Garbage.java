import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** What no honest client sends: random bytes and broken PROXY headers of both versions. */
final class Garbage {
    private static final byte[] V2_SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final String[] V1 = {
        "PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n",
        "PROXY TCP4 300.0.0.1 127.0.0.1 1 2\r\n",
        "PROXY TCP6 ::1 ::1 99999 2\r\n",
        "PROXY UNKNOWN\r\n",
        "PROXY TCP4 127.0.0.1 127.0.0.1 1 2\n",
        "PROXY " + "9".repeat(200) + "\r\n",
    };

    private Garbage() {}

    static byte[] bytes(Random random) {
        byte[] whole = switch (random.nextInt(4)) {
            case 0 -> noise(random, 1 + random.nextInt(4096));
            case 1 -> V1[random.nextInt(V1.length)].getBytes(StandardCharsets.US_ASCII);
            case 2 -> version2(random);
            default -> ("GET / HTTP/1.1\r\nHost: " + "x".repeat(random.nextInt(20000)) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        };
        int kept = random.nextBoolean() ? whole.length : 1 + random.nextInt(whole.length);
        return java.util.Arrays.copyOf(whole, kept);
    }

    private static byte[] version2(Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(V2_SIGNATURE);
        out.write(random.nextInt(256));
        out.write(random.nextInt(256));
        int length = random.nextInt(65536);
        out.write(length >> 8);
        out.write(length);
        out.writeBytes(noise(random, Math.min(length, random.nextInt(300))));
        return out.toByteArray();
    }

    private static byte[] noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
