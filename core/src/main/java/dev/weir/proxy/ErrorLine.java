package dev.weir.proxy;

import dev.weir.bridge.transport.SocketName;
import dev.weir.stream.ListenerView;
import dev.weir.stream.Stream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** HAProxy's error log line: {@code client:port [date] frontend/listener: message}. Rare, so it may allocate. No state. */
final class ErrorLine {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private ErrorLine() {}

    static String of(Stream stream, String message) {
        SocketName client = stream.clientSide().connectionSource();
        ListenerView listener = stream.listener();
        String who = listener.name() == null ? String.valueOf(listener.id()) : listener.name();
        Instant accepted = Instant.ofEpochSecond(0, stream.times().acceptMicros * 1_000);
        return client + " [" + DATE.format(accepted) + "] " + stream.frontend().name() + "/" + who + ": " + message;
    }
}
