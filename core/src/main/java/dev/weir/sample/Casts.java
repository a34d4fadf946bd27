package dev.weir.sample;

import dev.weir.stream.ValueType;
import org.agrona.DirectBuffer;

/** HAProxy's table of implicit conversions between types. No state. */
public final class Casts {
    private Casts() {}

    /** Whether the configuration may ask for it; the conversion of a value can still fail. */
    public static boolean isPossible(SampleType from, SampleType to) {
        if (to == SampleType.ANY || from == SampleType.ANY || from == to) {
            return true;
        }
        return switch (from) {
            case BOOLEAN -> to == SampleType.INTEGER || to == SampleType.STRING || to == SampleType.BINARY;
            case INTEGER -> to != SampleType.METHOD;
            case IPV4 -> to != SampleType.BOOLEAN && to != SampleType.METHOD;
            case ADDRESS, IPV6 -> to != SampleType.BOOLEAN && to != SampleType.INTEGER && to != SampleType.METHOD;
            case STRING -> true;
            case BINARY -> to == SampleType.STRING || to == SampleType.METHOD;
            case METHOD -> to == SampleType.STRING || to == SampleType.BINARY;
            case ANY, SAME -> true;
        };
    }

    /** Converts in place; false if this value has no such form. */
    public static boolean cast(Sample sample, SampleType to) {
        return switch (to) {
            case ANY, SAME -> true;
            case ADDRESS -> toAddress(sample);
            case BOOLEAN -> toNumber(sample, ValueType.BOOL);
            case INTEGER -> toNumber(sample, ValueType.SINT);
            case IPV4 -> toIpv4(sample);
            case IPV6 -> toIpv6(sample);
            case STRING -> toText(sample);
            case BINARY -> toBinary(sample);
            case METHOD -> toMethod(sample);
        };
    }

    private static boolean toNumber(Sample sample, ValueType to) {
        return switch (sample.type()) {
            case BOOL, SINT -> sample.retype(to);
            case IPV4 -> to == ValueType.SINT && sample.retype(to);
            case STR -> Numbers.hasNumber(sample) && sample.integer(Numbers.parse(sample)) && sample.retype(to);
            case IPV6, BIN, METH -> false;
        };
    }

    private static boolean toAddress(Sample sample) {
        return switch (sample.type()) {
            case IPV4, IPV6 -> true;
            case SINT -> sample.ipv4((int) sample.low());
            case STR -> stringToIpv4(sample) || AddressText.parseIpv6(sample.bytes(), 0, sample.length(), sample);
            case BOOL, BIN, METH -> false;
        };
    }

    /** Up to what is neither digit nor dot, such as the colon before a port. */
    private static boolean stringToIpv4(Sample sample) {
        DirectBuffer text = sample.bytes();
        int end = 0;
        while (end < sample.length() && (text.getByte(end) == '.' || Character.isDigit(text.getByte(end)))) {
            end++;
        }
        long address = AddressText.parseIpv4(text, 0, end);
        return address >= 0 && sample.ipv4((int) address);
    }

    private static boolean toIpv4(Sample sample) {
        return switch (sample.type()) {
            case IPV4 -> true;
            case SINT -> sample.ipv4((int) sample.low());
            case IPV6 -> ipv6ToIpv4(sample);
            case STR -> stringToIpv4(sample);
            case BOOL, BIN, METH -> false;
        };
    }

    /** Mapped ({@code ::ffff:a.b.c.d}), compatible ({@code ::a.b.c.d}) and 6to4 ({@code 2002:...}) addresses hold one. */
    public static boolean ipv6ToIpv4(Sample sample) {
        long low = sample.low();
        if (sample.high() == 0 && (low >>> 32 == 0 || low >>> 32 == 0xFFFF)) {
            return sample.ipv4((int) low);
        }
        return sample.high() >>> 48 == 0x2002 && sample.ipv4((int) (sample.high() >>> 16));
    }

    private static boolean toIpv6(Sample sample) {
        return switch (sample.type()) {
            case IPV6 -> true;
            case IPV4, SINT -> sample.ipv6(0, 0xFFFF_0000_0000L | sample.low() & 0xFFFF_FFFFL);
            case STR -> AddressText.parseIpv6(sample.bytes(), 0, sample.length(), sample);
            case BOOL, BIN, METH -> false;
        };
    }

    private static boolean toText(Sample sample) {
        switch (sample.type()) {
            case BOOL, SINT -> sample.string(sample.writer().putDecimal(sample.low()));
            case IPV4 -> {
                ByteWriter out = sample.writer();
                AddressText.writeIpv4((int) sample.low(), out);
                sample.string(out);
            }
            case IPV6 -> {
                ByteWriter out = sample.writer();
                AddressText.writeIpv6(sample.high(), sample.low(), out);
                sample.string(out);
            }
            case STR -> {}
            case BIN -> cutAtZero(sample);
            case METH -> Methods.toText(sample, ValueType.STR);
        }
        return true;
    }

    /** A string ends at its first zero byte. */
    private static void cutAtZero(Sample sample) {
        DirectBuffer bytes = sample.bytes();
        int length = 0;
        while (length < bytes.capacity() && bytes.getByte(length) != 0) {
            length++;
        }
        sample.slice(0, length);
        sample.retype(ValueType.STR);
    }

    private static boolean toBinary(Sample sample) {
        return switch (sample.type()) {
            case BOOL, SINT -> sample.binary(bigEndian(sample.writer(), sample.low(), 8));
            case IPV4 -> sample.binary(bigEndian(sample.writer(), sample.low(), 4));
            case IPV6 -> sample.binary(bigEndian(bigEndian(sample.writer(), sample.high(), 8), sample.low(), 8));
            case STR, BIN -> sample.retype(ValueType.BIN);
            case METH -> Methods.toText(sample, ValueType.BIN);
        };
    }

    private static ByteWriter bigEndian(ByteWriter out, long value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            out.put((int) (value >>> i * 8));
        }
        return out;
    }

    private static boolean toMethod(Sample sample) {
        return switch (sample.type()) {
            case METH -> true;
            case STR, BIN -> Methods.fromText(sample);
            case BOOL, SINT, IPV4, IPV6 -> false;
        };
    }
}
