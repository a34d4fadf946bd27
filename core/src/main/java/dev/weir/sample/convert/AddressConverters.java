package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.ADDRESS;

import dev.weir.sample.Arguments;
import dev.weir.sample.Casts;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.Sample;
import dev.weir.stream.Stream;
import dev.weir.stream.ValueType;

/** Addresses to addresses. */
final class AddressConverters implements ConverterFamily {
    @Override
    public void describe(ConverterTable table) {
        table.add(
                "ipmask",
                ADDRESS,
                ADDRESS,
                "mask4,[mask6]",
                "applies a mask; without one for IPv6 such an address has no value",
                AddressConverters::mask);
    }

    private static boolean mask(Stream stream, Arguments args, Sample sample) {
        // an IPv6 address that holds an IPv4 one is masked as that
        if (sample.type() == ValueType.IPV4 || Casts.ipv6ToIpv4(sample)) {
            return sample.ipv4((int) (sample.low() & args.number(0)));
        }
        return args.has(1) && sample.ipv6(sample.high() & args.highNumber(1), sample.low() & args.number(1));
    }
}
