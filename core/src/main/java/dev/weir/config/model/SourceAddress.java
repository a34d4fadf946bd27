package dev.weir.config.model;

/** {@code source <addr>[:<port>[-<port>]] [usesrc ...] [interface <name>]}: where connections to servers start. */
public record SourceAddress(Position at, AddressSpec.Inet address, String device) {}
