package dev.weir.protocol;

/** What bytes are that should be a message of some protocol. */
public enum Validity {
    VALID,
    INVALID,
    /** More of them could be valid. */
    INCOMPLETE
}
