package dev.weir.cli.stat;

/** The pieces that JSON answers are made of, in HAProxy's shape ({@code show schema json}). No state. */
public final class Json {
    private Json() {}

    static void field(int position, String name, StringBuilder out) {
        out.append("\"field\":{\"pos\":").append(position).append(",\"name\":");
        string(name, out);
        out.append('}');
    }

    static void tags(String tags, StringBuilder out) {
        out.append("\"tags\":{\"origin\":\"").append(origin(tags.charAt(0)));
        out.append("\",\"nature\":\"").append(nature(tags.charAt(1)));
        out.append("\",\"scope\":\"").append(scope(tags.charAt(2))).append("\"}");
    }

    static void value(String type, boolean isText, String value, StringBuilder out) {
        out.append("\"value\":{\"type\":\"").append(type).append("\",\"value\":");
        if (isText) {
            string(value, out);
        } else {
            out.append(value);
        }
        out.append('}');
    }

    /** A string in quotes. */
    public static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static String origin(char letter) {
        return switch (letter) {
            case 'M' -> "Metric";
            case 'S' -> "Status";
            case 'K' -> "Key";
            case 'C' -> "Config";
            case 'P' -> "Product";
            default -> "Unknown";
        };
    }

    private static String nature(char letter) {
        return switch (letter) {
            case 'G' -> "Gauge";
            case 'L' -> "Limit";
            case 'M' -> "Max";
            case 'R' -> "Rate";
            case 'C' -> "Counter";
            case 'D' -> "Duration";
            case 'A' -> "Age";
            case 'a' -> "Avg";
            case 'N' -> "Name";
            case 'O' -> "Output";
            case 'm' -> "Min";
            case 'T' -> "Time";
            default -> "Unknown";
        };
    }

    private static String scope(char letter) {
        return switch (letter) {
            case 'C' -> "Cluster";
            case 'S' -> "Service";
            case 'P' -> "Process";
            default -> "Unknown";
        };
    }
}
