package dev.weir.config.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.weir.config.parse.Keyword.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeywordRegistryTest {
    private static final List<KeywordTable<?>> TABLES = KeywordRegistry.tables();
    private static final Map<String, KeywordTable<?>> FAMILIES = Map.of(
            "section", TABLES.get(0),
            "global", TABLES.get(1),
            "proxy", TABLES.get(2),
            "option", TABLES.get(3),
            "timeout", TABLES.get(4),
            "bind", TABLES.get(5),
            "server", TABLES.get(6),
            "action", TABLES.get(7));

    @Test
    void shouldKnowEveryKeywordOfHaproxy() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String row : resource("haproxy-keywords.txt").split("\n")) {
            if (row.startsWith("#")) {
                continue;
            }
            String[] columns = row.split("\t");
            var table = FAMILIES.get(columns[0]);
            if (table.find(columns[1]) == null && table.secondWords(columns[1]).isEmpty()) {
                missing.add(row);
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void shouldDescribeEveryRow() {
        for (var table : TABLES) {
            for (var row : table.rows()) {
                assertFalse(row.note().isBlank(), row.name());
                assertFalse(row.manual().isBlank(), row.name());
                assertEquals(row.state() == State.KNOWN, row.topic() != null, row.name());
                if (row.state() == State.SUPPORTED) {
                    assertNotNull(row.parser(), row.name());
                }
            }
        }
    }

    static String resource(String name) throws IOException {
        try (var input = KeywordRegistryTest.class.getResourceAsStream("/dev/weir/config/" + name)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
