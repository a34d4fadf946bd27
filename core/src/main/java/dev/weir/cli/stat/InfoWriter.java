package dev.weir.cli.stat;

import dev.weir.cli.RuntimeControl;
import java.util.List;
import java.util.stream.Stream;

/** The forms of {@code show info}. No state. */
public final class InfoWriter {
    private InfoWriter() {}

    /**
     * @param form empty, {@code typed} or {@code json}
     * @param isExact times with their fractions
     */
    public static void write(
            RuntimeControl control, String form, boolean isDescribed, boolean isExact, StringBuilder out) {
        char separator = '[';
        List<InfoField> present = Stream.of(InfoField.values())
                .filter(field -> field.isPresent(control))
                .toList();
        for (InfoField field : present) {
            Value value = Value.of(field, control, isExact);
            switch (form) {
                case "typed" -> typed(field, value, out);
                case "json" -> {
                    out.append(separator);
                    json(field, value, out);
                    separator = ',';
                }
                default -> out.append(field.text()).append(": ").append(value.text());
            }
            if (!form.equals("json")) {
                out.append(isDescribed ? ":\"" + field.description() + "\"" : "")
                        .append('\n');
            }
        }
        if (form.equals("json")) {
            out.append("]\n");
        }
    }

    private record Value(String tags, String type, String text) {
        static Value of(InfoField field, RuntimeControl control, boolean isExact) {
            String exact = isExact ? field.exactValue(control) : null;
            return exact == null
                    ? new Value(field.tags(), field.type(), field.value(control))
                    : new Value(field.exactTags(), "flt", exact);
        }
    }

    private static void typed(InfoField field, Value value, StringBuilder out) {
        out.append(field.position())
                .append('.')
                .append(field.text())
                .append(".1:")
                .append(value.tags());
        out.append(':').append(value.type()).append(':').append(value.text());
    }

    private static void json(InfoField field, Value value, StringBuilder out) {
        out.append('{');
        Json.field(field.position(), field.text(), out);
        out.append(",\"processNum\":1,");
        Json.tags(value.tags(), out);
        out.append(',');
        Json.value(value.type(), field.isText(), value.text(), out);
        out.append('}');
    }
}
