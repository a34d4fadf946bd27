package dev.weir.config.parse;

import dev.weir.config.model.HttpSettings;
import dev.weir.config.model.HttpSettings.ConnectionMode;
import dev.weir.config.model.HttpSettings.Reuse;

/** What a section says about {@code mode http}, while it is read. Single-threaded. */
final class HttpDraft {
    ConnectionMode connectionMode = ConnectionMode.KEEP_ALIVE;
    Reuse reuse = Reuse.SAFE;

    HttpDraft() {}

    HttpDraft(HttpDraft from) {
        connectionMode = from.connectionMode;
        reuse = from.reuse;
    }

    HttpSettings build() {
        return new HttpSettings(connectionMode, reuse);
    }
}
