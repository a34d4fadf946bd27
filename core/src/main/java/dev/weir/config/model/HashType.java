package dev.weir.config.model;

/** {@code hash-type <method> <function> <modifier>}; {@code consistent} alone means sdbm with avalanche. */
public record HashType(boolean consistent, Function function, boolean avalanche) {
    /** What HAProxy uses when nothing is said. */
    public static final HashType DEFAULT = new HashType(false, Function.SDBM, false);

    /** From key to number. */
    public enum Function {
        SDBM,
        DJB2,
        WT6,
        CRC32,
        NONE
    }
}
