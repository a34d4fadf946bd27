package dev.weir.bench.product;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** A configuration with places: {@code ${name}}. A line of which an empty value leaves nothing disappears. */
final class Template {
    private final String text;

    Template(String resource) {
        try (InputStream stream = Template.class.getResourceAsStream(resource)) {
            text = new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that stand only where a condition holds, as a value for the place of them in another template. */
    static String part(boolean isThere, String resource) {
        return isThere ? new Template(resource).text.stripTrailing() : "";
    }

    String fill(Map<String, String> values) {
        StringBuilder out = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            String filled = line;
            for (Map.Entry<String, String> value : values.entrySet()) {
                filled = filled.replace("${" + value.getKey() + "}", value.getValue());
            }
            if (filled.contains("${")) {
                throw new IllegalArgumentException("no value for " + filled.strip());
            }
            if (!filled.isBlank() || line.isBlank()) {
                out.append(filled).append('\n');
            }
        }
        return out.toString().stripTrailing() + "\n";
    }
}
