package dev.weir.config.parse;

import dev.weir.config.model.CaptureLine;
import dev.weir.config.model.CaptureSettings;
import dev.weir.config.model.LogFormatLine;
import dev.weir.config.model.Position;
import java.util.ArrayList;
import java.util.List;

/** Captures of one frontend while it is read. Single-threaded. */
final class CaptureDraft {
    private final List<CaptureLine> slots = new ArrayList<>();
    String cookie = "";
    int cookieBytesMax;
    LogFormatLine uniqueId;
    String uniqueIdHeader = "";

    CaptureDraft() {}

    /** Only the unique id may stand in defaults. */
    CaptureDraft(CaptureDraft defaults) {
        uniqueId = defaults.uniqueId;
        uniqueIdHeader = defaults.uniqueIdHeader;
    }

    /**
     * Adds a slot.
     *
     * @param field empty if only rules fill it
     * @return its number within its direction
     */
    int add(Position at, boolean isRequest, String field, int bytesMax) {
        slots.add(new CaptureLine(at, isRequest, field, bytesMax));
        return build().count(isRequest) - 1;
    }

    CaptureSettings build() {
        return new CaptureSettings(List.copyOf(slots), cookie, cookieBytesMax, uniqueId, uniqueIdHeader);
    }
}
