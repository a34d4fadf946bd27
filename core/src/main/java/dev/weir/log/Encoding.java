package dev.weir.log;

/** What a line is encoded as: {@code %{+json}o}, {@code %{+cbor}o}. */
enum Encoding {
    NONE,
    JSON,
    CBOR
}
