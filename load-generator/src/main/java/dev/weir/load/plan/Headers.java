package dev.weir.load.plan;

import dev.weir.load.http.RequestBytes.Header;

/** Header lines as people write them. */
public final class Headers {
    private Headers() {}

    /** {@code Name: value}. */
    public static Header parse(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).strip();
        if (name.isEmpty() || name.chars().anyMatch(character -> character <= ' ')) {
            throw new PlanException("'" + line + "' is no header such as 'Name: value'");
        }
        String value = line.substring(colon + 1).strip();
        if (value.chars().anyMatch(character -> character == '\r' || character == '\n')) {
            throw new PlanException("the value of header " + name + " has a line break");
        }
        return new Header(name, value);
    }
}
