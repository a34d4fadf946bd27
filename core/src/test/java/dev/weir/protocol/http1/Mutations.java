package dev.weir.protocol.http1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Messages of a table with a few random changes: bytes taken out, put in, replaced, parts doubled or joined with those of others. */
final class Mutations {
    private static final byte[] INTERESTING = Wire.bytes("\r\n \t:;,=/?#%@*\"\\[]0019aAzZ_-.\0\u007f\u0080\u00ff");

    private final SplittableRandom random;
    private final List<MessageCase> cases;

    Mutations(List<MessageCase> cases, long seed) {
        this.cases =
                cases.stream().filter(message -> message.bytes().length < 2000).toList();
        this.random = new SplittableRandom(seed);
    }

    List<byte[]> next(int count) {
        List<byte[]> all = new ArrayList<>();
        while (all.size() < count) {
            byte[] message = any();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                message = changed(message);
            }
            all.add(message);
        }
        return all;
    }

    private byte[] any() {
        return cases.get(random.nextInt(cases.size())).bytes();
    }

    private byte[] changed(byte[] message) {
        int at = random.nextInt(message.length + 1);
        int length = Math.min(1 + random.nextInt(4), message.length - at);
        return switch (random.nextInt(5)) {
            case 0 -> joined(message, at, new byte[0], at + length);
            case 1 -> joined(message, at, interesting(), at);
            case 2 -> joined(message, at, interesting(), Math.min(at + 1, message.length));
            case 3 -> joined(message, at, Arrays.copyOfRange(message, at, at + length), at);
            default -> {
                byte[] other = any();
                int from = random.nextInt(other.length + 1);
                yield joined(message, at, Arrays.copyOfRange(other, from, other.length), message.length);
            }
        };
    }

    private byte[] interesting() {
        return new byte[] {INTERESTING[random.nextInt(INTERESTING.length)]};
    }

    /** The message up to a place, then something, then the message from another place on. */
    private static byte[] joined(byte[] message, int to, byte[] between, int from) {
        var out = new ByteArrayOutputStream();
        out.write(message, 0, to);
        out.writeBytes(between);
        out.write(message, from, message.length - from);
        return out.toByteArray();
    }
}
