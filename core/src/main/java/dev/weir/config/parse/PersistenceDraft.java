package dev.weir.config.parse;

import dev.weir.config.model.CookieLine;
import dev.weir.config.model.PersistLine;
import dev.weir.config.model.Persistence;
import java.util.ArrayList;
import java.util.List;

/** What a section says about persistence, while it is read. */
final class PersistenceDraft {
    CookieLine cookie;
    String dynamicCookieKey = "";
    String rdpCookie = "";
    final List<PersistLine> rules = new ArrayList<>();

    /** Rules are of one section; all else is inherited. */
    void inherit(PersistenceDraft from) {
        cookie = from.cookie;
        dynamicCookieKey = from.dynamicCookieKey;
        rdpCookie = from.rdpCookie;
    }

    Persistence build() {
        return new Persistence(cookie, dynamicCookieKey, rdpCookie, List.copyOf(rules));
    }
}
