package dev.weir.report.data;

/**
 * Something that was measured, or would have been.
 *
 * @param name its short name, the key everywhere else
 * @param version as it says itself; empty if it is missing
 * @param executable its path; empty if it is missing
 * @param note what to know of it: why it is missing and which package to install, or what it could not do
 */
public record Product(String name, String version, String executable, String note) {}
