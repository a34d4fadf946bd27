package dev.weir.resolver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;

/** Closing channels. */
final class Channels {
    private Channels() {}

    /** A non-blocking channel has nothing to flush, so closing it does not fail. */
    static void close(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
