package dev.weir.sample;

import dev.weir.stream.ValueType;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** HTTP methods as samples: the known ones are numbers, the others keep their text. No state. */
public final class Methods {
    /** Number of a method that is none of the known ones. */
    public static final int OTHER = 8;

    private static final byte[][] NAMES = {
        bytes("OPTIONS"), bytes("GET"), bytes("HEAD"), bytes("POST"),
        bytes("PUT"), bytes("DELETE"), bytes("TRACE"), bytes("CONNECT")
    };

    private Methods() {}

    /** The number of the method with that name, {@link #OTHER} if there is none. */
    public static int numberOf(DirectBuffer text, int offset, int length) {
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].length == length && isAt(NAMES[i], text, offset)) {
                return i;
            }
        }
        return OTHER;
    }

    private static boolean isAt(byte[] name, DirectBuffer text, int offset) {
        for (int i = 0; i < name.length; i++) {
            if (name[i] != text.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }

    static boolean fromText(Sample sample) {
        return sample.method(numberOf(sample.bytes(), 0, sample.length()));
    }

    static boolean toText(Sample sample, ValueType type) {
        int number = (int) sample.low();
        return number == OTHER ? sample.retype(type) : sample.bytes(type, NAMES[number], 0, NAMES[number].length);
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
