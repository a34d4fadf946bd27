package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.INTEGER;

import dev.weir.balance.Avalanche;
import dev.weir.balance.HashFunction;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import org.agrona.DirectBuffer;

/** Hashes, the ones that balancing uses among them. */
final class HashConverters implements ConverterFamily {
    private interface Hash32 {
        int of(DirectBuffer bytes, int offset, int length);
    }

    @Override
    public void describe(ConverterTable table) {
        add(table, "sdbm", "hash sdbm; 1 adds an avalanche", HashFunction.SDBM::hash);
        add(table, "djb2", "hash djb2; 1 adds an avalanche", HashFunction.DJB2::hash);
        add(table, "wt6", "hash wt6; 1 adds an avalanche", HashFunction.WT6::hash);
        add(table, "crc32", "CRC-32; 1 adds an avalanche", HashFunction.CRC32::hash);
        add(table, "crc32c", "CRC-32C; 1 adds an avalanche", Crc32c::of);
        table.add(
                "xxh32",
                BINARY,
                INTEGER,
                "[sint]",
                "XXH32 with a seed",
                (stream, args, sample) ->
                        sample.integer(XxHash.hash32(sample.bytes(), (int) args.number(0, 0)) & 0xFFFF_FFFFL));
        table.add(
                "xxh64",
                BINARY,
                INTEGER,
                "[sint]",
                "XXH64 with a seed, as a signed number",
                (stream, args, sample) -> sample.integer(XxHash.hash64(sample.bytes(), args.number(0, 0))));
        table.add(
                "xxh3",
                BINARY,
                INTEGER,
                "[sint]",
                "XXH3 of 64 bits with a seed, as a signed number",
                (stream, args, sample) -> sample.integer(Xxh3.hash64(sample.bytes(), args.number(0, 0))));
    }

    private static void add(ConverterTable table, String name, String description, Hash32 function) {
        table.add(name, BINARY, INTEGER, "[sint]", description, (stream, args, sample) -> {
            int hash = function.of(sample.bytes(), 0, sample.length());
            int mixed = args.number(0, 0) != 0 ? Avalanche.mix(hash) : hash;
            return sample.integer(mixed & 0xFFFF_FFFFL);
        });
    }

    /** CRC with the Castagnoli polynomial (RFC 9260, appendix A). */
    private static final class Crc32c {
        private static final int[] TABLE = new int[256];

        static {
            for (int i = 0; i < 256; i++) {
                int crc = i;
                for (int bit = 0; bit < 8; bit++) {
                    crc = (crc & 1) != 0 ? (crc >>> 1) ^ 0x82F63B78 : crc >>> 1;
                }
                TABLE[i] = crc;
            }
        }

        static int of(DirectBuffer bytes, int offset, int length) {
            int crc = -1;
            for (int i = offset; i < offset + length; i++) {
                crc = (crc >>> 8) ^ TABLE[(crc ^ bytes.getByte(i)) & 0xFF];
            }
            return ~crc;
        }
    }
}
