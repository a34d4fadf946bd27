package dev.weir.config.parse;

/** Shows the place of an error below its line, shortened around the place. */
final class Excerpt {
    private static final int WIDTH = 80;
    private static final int CONTEXT = 60;

    private Excerpt() {}

    /** The line indented by two, and a caret below the char at {@code index}, each on a line of its own. */
    static String of(String line, int index) {
        int start = 0;
        while (start < index && Tokenizer.isSpace(line.charAt(start))) {
            start++;
        }
        String text = line.substring(start);
        int caret = index - start;
        if (text.length() > WIDTH && caret > CONTEXT) {
            text = "..." + text.substring(caret - CONTEXT);
            caret = CONTEXT + 3;
        }
        if (text.length() > WIDTH) {
            text = text.substring(0, WIDTH) + "...";
        }
        return "\n  " + printable(text) + "\n  " + " ".repeat(caret) + "^";
    }

    private static String printable(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c < ' ' || c == 127 ? '?' : c);
        }
        return out.toString();
    }
}
