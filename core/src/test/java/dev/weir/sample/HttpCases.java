package dev.weir.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Expressions with the values that HAProxy 3.2 gave them, as text:
 *
 * <pre>
 *   request GET / HTTP/1.1\r\n...          one exchange; a response makes the expressions those of a response
 *   response HTTP/1.1 200 OK\r\n...
 *   userlist users ...                     lines of the configuration outside the frontend
 *   capture request header Host len 10     lines of the frontend
 *   path => "/"                            an expression and its value
 *   hdr(x) => -                            one without a value
 *   acl path_beg / => "1"                  a test and its verdict
 * </pre>
 *
 * Exchanges are divided by empty lines; lines that begin with a sharp are comments.
 */
public final class HttpCases {
    private static final String MISSING = "-";
    private static final String TEST = "acl ";

    /** One expression; the value is null if there is none. */
    public record Case(String expression, String value) {
        /** Whether it is a test rather than an expression. */
        public boolean isTest() {
            return expression.startsWith(TEST);
        }

        /** A test's words, without quotes. */
        public List<String> testWords() {
            return List.of(expression.substring(TEST.length()).split(" "));
        }

        /** As in the file. */
        public String line() {
            return expression + " => " + (value == null ? MISSING : '"' + escaped(value) + '"');
        }
    }

    /**
     * One exchange.
     *
     * @param response null if expressions are evaluated while the request is there
     */
    public record Exchange(
            String request, String response, List<String> sections, List<String> settings, List<Case> cases) {}

    private HttpCases() {}

    public static List<Exchange> read(Class<?> test, String name) throws IOException {
        try (var in = test.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<Exchange> exchanges = new ArrayList<>();
            for (String block : text.split("\n\n+")) {
                exchanges.add(exchange(block.lines().toList()));
            }
            return exchanges;
        }
    }

    private static Exchange exchange(List<String> lines) {
        String request = null;
        String response = null;
        List<String> sections = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        List<Case> cases = new ArrayList<>();
        for (String line : lines) {
            int arrow = line.lastIndexOf(" => ");
            if (line.startsWith("request ")) {
                request = unescaped(line.substring(8));
            } else if (line.startsWith("response ")) {
                response = unescaped(line.substring(9));
            } else if (arrow >= 0) {
                cases.add(new Case(line.substring(0, arrow), value(line.substring(arrow + 4))));
            } else if (line.startsWith("userlist ") || line.startsWith("  ")) {
                sections.add(line);
            } else if (!line.startsWith("#")) {
                settings.add(line);
            }
        }
        return new Exchange(request, response, sections, settings, cases);
    }

    private static String value(String text) {
        return text.equals(MISSING) ? null : unescaped(text.substring(1, text.length() - 1));
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char next = text.charAt(++i);
            switch (next) {
                case 'r' -> out.append('\r');
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'x' -> {
                    out.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> out.append(next);
            }
        }
        return out.toString();
    }

    private static String escaped(String value) {
        StringBuilder out = new StringBuilder();
        for (char c : value.toCharArray()) {
            switch (c) {
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> out.append(c >= 32 && c < 127 ? String.valueOf(c) : String.format("\\x%02X", (int) c));
            }
        }
        return out.toString();
    }
}
