package dev.weir.config.model;

import java.util.List;

/**
 * {@code log <target> [len <n>] [format <f>] [sample <ranges>:<size>] [profile <name>] <facility> [max level [min level]]}.
 *
 * @param words the line behind {@code log}, with variables in the address expanded
 * @param target where to
 * @param lengthMax bytes of a message, 1024 unless set
 * @param format {@code local rfc3164 rfc5424 priority short timed iso raw}, empty for the target's default
 * @param profile name of a {@code log-profile}, empty for none
 * @param facility {@code kern} is 0, {@code local7} 23
 * @param levelMax the least important level sent (7, {@code debug}, sends all)
 * @param levelMin more important levels are sent as this one
 */
public record LogLine(
        Position at,
        List<String> words,
        Target target,
        int lengthMax,
        String format,
        Sampling sampling,
        String profile,
        int facility,
        int levelMax,
        int levelMin) {

    /** Where log lines go. Closed set. */
    public sealed interface Target {
        /** Descriptor 1, without syslog framing unless a format says so. */
        record Stdout() implements Target {}

        /** Descriptor 2. */
        record Stderr() implements Target {}

        /** An open descriptor. */
        record Descriptor(int fd) implements Target {}

        /** Syslog over UDP; port 514 unless written. */
        record Udp(AddressSpec.Inet address) implements Target {}

        /** Syslog over a UNIX datagram socket. */
        record UnixDatagram(String path) implements Target {}
    }

    /** {@code sample 1,3:5}: of every {@code size} messages those in the ranges; null sends all. */
    public record Sampling(List<Range> ranges, int size) {}

    /** Both ends included, from 1. */
    public record Range(int first, int last) {}
}
