package dev.weir.config.parse;

import java.util.ArrayList;
import java.util.List;

/** All families of keywords, for documentation and tests; a run builds those that it needs. */
public final class KeywordRegistry {
    private KeywordRegistry() {}

    /** Sections, global, proxies and what belongs to their lines, in the order of the documentation. */
    public static List<KeywordTable<?>> tables() {
        List<KeywordTable<?>> tables = new ArrayList<>();
        tables.add(SectionKeywords.table());
        tables.add(new GlobalKeywords().table());
        tables.addAll(new ProxyKeywords().tables());
        tables.add(ResolversKeywords.table());
        tables.add(LogProfileKeywords.table());
        return tables;
    }
}
