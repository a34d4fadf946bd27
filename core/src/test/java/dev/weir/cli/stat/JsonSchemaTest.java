package dev.weir.cli.stat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JsonSchemaTest {
    private static final Pattern WORD = Pattern.compile("\"(?:origin|nature|scope|type)\":\"([^\"]+)\"");

    /** Whatever an answer says of a figure is one of the words that the schema has for it. */
    @Test
    void shouldKnowEveryWordOfTheAnswers() {
        StringBuilder said = new StringBuilder();
        for (StatColumn column : StatColumn.values()) {
            Json.tags(column.tags(StatRow.Kind.SERVER), said);
            Json.value(column.type().text(), true, "", said);
        }

        Matcher words = WORD.matcher(said);
        while (words.find()) {
            assertThat(JsonSchema.TEXT).contains("\"" + words.group(1) + "\"");
        }
    }

    @Test
    void shouldBeOneLineWithoutLooseEnds() {
        assertThat(JsonSchema.TEXT).doesNotContain("\n");
        assertThat(JsonSchema.TEXT.chars().filter(c -> c == '{').count())
                .isEqualTo(JsonSchema.TEXT.chars().filter(c -> c == '}').count());
        Matcher references = Pattern.compile("#/definitions/(\\w+)").matcher(JsonSchema.TEXT);
        while (references.find()) {
            assertThat(JsonSchema.TEXT).contains("\"" + references.group(1) + "\":{\"type\"");
        }
    }
}
