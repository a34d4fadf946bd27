package dev.weir.config.compile;

import dev.weir.config.model.ByteText;
import dev.weir.config.model.CaptureSettings;
import dev.weir.protocol.http.FieldName;
import dev.weir.stream.CapturePlan;
import java.nio.charset.StandardCharsets;

/** Compiles the {@code capture} lines of a frontend. */
final class CaptureCompiler {
    private CaptureCompiler() {}

    /**
     * What is kept of the frontend's exchanges.
     *
     * @param lineBytesMax how much of the request line, 0 for nothing
     */
    static CapturePlan compile(CaptureSettings captures, int lineBytesMax) {
        var cookie = captures.cookie().isEmpty()
                ? null
                : new CapturePlan.Cookie(bytes(captures.cookie()), captures.cookieBytesMax());
        return new CapturePlan(lineBytesMax, slots(captures, true), slots(captures, false), cookie);
    }

    private static CapturePlan.Slot[] slots(CaptureSettings captures, boolean ofRequest) {
        return captures.slots().stream()
                .filter(line -> line.isRequest() == ofRequest)
                .map(line -> new CapturePlan.Slot(
                        line.field().isEmpty() ? null : FieldName.of(ByteText.toNative(line.field())), line.bytesMax()))
                .toArray(CapturePlan.Slot[]::new);
    }

    private static byte[] bytes(String text) {
        return ByteText.toNative(text).getBytes(StandardCharsets.UTF_8);
    }
}
