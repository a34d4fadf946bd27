package dev.weir.config.model;

import java.util.List;

/**
 * What a frontend keeps of requests and responses for its logs.
 *
 * @param slots of both directions, in order; the number of a slot counts those of its direction
 * @param cookie what the name of a captured cookie starts with, empty for none
 * @param cookieBytesMax {@code len} of that cookie with its name
 * @param uniqueId {@code unique-id-format}, null for none
 * @param uniqueIdHeader {@code unique-id-header}, empty for none
 */
public record CaptureSettings(
        List<CaptureLine> slots, String cookie, int cookieBytesMax, LogFormatLine uniqueId, String uniqueIdHeader) {
    /** How many slots a direction has. */
    public int count(boolean ofRequest) {
        return (int)
                slots.stream().filter(slot -> slot.isRequest() == ofRequest).count();
    }
}
