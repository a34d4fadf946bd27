package dev.weir.report.page;

/** A page in the making: text is escaped, markup is not. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    Html raw(String markup) {
        out.append(markup).append('\n');
        return this;
    }

    /** {@code <name attributes>text</name>}; attributes as written, such as {@code class="x"}, or empty. */
    Html element(String name, String attributes, String text) {
        out.append('<').append(name);
        if (!attributes.isEmpty()) {
            out.append(' ').append(attributes);
        }
        out.append('>').append(escape(text)).append("</").append(name).append(">\n");
        return this;
    }

    Html element(String name, String text) {
        return element(name, "", text);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
