package dev.weir.sample;

import dev.weir.protocol.http.Method;
import dev.weir.stream.ValueType;

/** HTTP methods as samples: the known ones are numbers, the others keep their text. No state. */
final class Methods {
    private Methods() {}

    static boolean fromText(Sample sample) {
        return sample.method(Method.numberOf(sample.bytes(), 0, sample.length()));
    }

    static boolean toText(Sample sample, ValueType type) {
        int number = (int) sample.low();
        byte[] name = number == Method.OTHER ? null : Method.name(number);
        return name == null ? sample.retype(type) : sample.bytes(type, name, 0, name.length);
    }
}
