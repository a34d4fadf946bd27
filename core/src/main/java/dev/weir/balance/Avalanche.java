package dev.weir.balance;

/** Spreads the bits of a 32-bit hash: the modifier {@code avalanche} of {@code hash-type}, and the spacing of ring nodes. */
public final class Avalanche {
    private Avalanche() {}

    /** HAProxy's {@code full_hash}: Jenkins' six shifts, then a multiplication. */
    public static int mix(int hash) {
        int a = hash;
        a = (a + 0x7ED55D16) + (a << 12);
        a = (a ^ 0xC761C23C) ^ (a >>> 19);
        a = (a + 0x165667B1) + (a << 5);
        a = (a + 0xD3A2646C) ^ (a << 9);
        a = (a + 0xFD7046C5) + (a << 3);
        a = (a ^ 0xB55A4F09) ^ (a >>> 16);
        return a * 0xC000_0001;
    }
}
