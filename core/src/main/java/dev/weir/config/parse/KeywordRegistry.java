package dev.weir.config.parse;

import java.util.List;

/** All families of keywords, for documentation and tests; a run builds those that it needs. */
public final class KeywordRegistry {
    private KeywordRegistry() {}

    /** Sections, global, proxies and what belongs to their lines, in the order of the documentation. */
    public static List<KeywordTable<?>> tables() {
        var proxies = new ProxyKeywords().tables();
        return List.of(
                SectionKeywords.table(),
                new GlobalKeywords().table(),
                proxies.get(0),
                proxies.get(1),
                proxies.get(2),
                proxies.get(3),
                proxies.get(4),
                proxies.get(5));
    }
}
