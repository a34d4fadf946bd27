package dev.weir.cli.stat;

import dev.weir.cli.RuntimeControl;
import java.util.List;
import java.util.stream.Stream;

/** The forms of {@code show info}. No state. */
public final class InfoWriter {
    private InfoWriter() {}

    /** @param form empty, {@code typed} or {@code json} */
    public static void write(RuntimeControl control, String form, boolean isDescribed, StringBuilder out) {
        char separator = '[';
        List<InfoField> present = Stream.of(InfoField.values())
                .filter(field -> field.isPresent(control))
                .toList();
        for (InfoField field : present) {
            switch (form) {
                case "typed" -> typed(field, control, out);
                case "json" -> {
                    out.append(separator);
                    json(field, control, out);
                    separator = ',';
                }
                default -> out.append(field.text()).append(": ").append(field.value(control));
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

    private static void typed(InfoField field, RuntimeControl control, StringBuilder out) {
        out.append(field.position())
                .append('.')
                .append(field.text())
                .append(".1:")
                .append(field.tags());
        out.append(':').append(field.type()).append(':').append(field.value(control));
    }

    private static void json(InfoField field, RuntimeControl control, StringBuilder out) {
        out.append('{');
        Json.field(field.position(), field.text(), out);
        out.append(",\"processNum\":1,");
        Json.tags(field.tags(), out);
        out.append(',');
        Json.value(field.type(), field.isText(), field.value(control), out);
        out.append('}');
    }
}
