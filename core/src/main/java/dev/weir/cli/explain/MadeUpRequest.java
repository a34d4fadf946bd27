package dev.weir.cli.explain;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request to be explained, as it was asked for. Immutable.
 *
 * @param target path and query
 * @param port that the client connects to, 0 if nothing says so
 * @param fields whole header lines
 * @param frontend that it goes to; empty: the one that listens on the port
 */
public record MadeUpRequest(
        String method,
        String target,
        String host,
        int port,
        List<String> fields,
        InetAddress source,
        InetAddress destination,
        String frontend,
        boolean isJson) {
    /** How {@link #parse} expects it. */
    public static final String USAGE =
            "[GET|HEAD|POST...] http://<host>[:<port>]/<path> [-H 'name: value']... [--src <ip>] [--dst <ip>]"
                    + " [--frontend <name>] [--json]";

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int PORT_MAX = 65535;

    /** Why a request is none. */
    public static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message);
        }
    }

    /** Method and URL may be one word or two. */
    public static MadeUpRequest parse(List<String> words) throws Mistake {
        return new Draft().read(words);
    }

    /** For messages: {@code GET http://host/path}. */
    public String text() {
        return method + " http://" + host + target;
    }

    /** As it would be received. */
    byte[] bytes() {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        if (fields.stream().noneMatch(field -> field.regionMatches(true, 0, "host:", 0, "host:".length()))) {
            head.append("host: ").append(host).append("\r\n");
        }
        fields.forEach(field -> head.append(field).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What has been read so far. */
    private static final class Draft {
        private final List<String> plain = new ArrayList<>();
        private final List<String> fields = new ArrayList<>();
        private InetAddress source = InetAddress.ofLiteral("127.0.0.1");
        private InetAddress destination = InetAddress.ofLiteral("127.0.0.1");
        private String frontend = "";
        private boolean isJson;

        MadeUpRequest read(List<String> words) throws Mistake {
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                switch (word) {
                    case "-H" -> fields.add(field(value(words, ++i, word)));
                    case "--src" -> source = address(value(words, ++i, word), word);
                    case "--dst" -> destination = address(value(words, ++i, word), word);
                    case "--frontend" -> frontend = value(words, ++i, word);
                    case "--json", "json" -> isJson = true;
                    default -> addPlain(word);
                }
            }
            return finish();
        }

        private void addPlain(String word) throws Mistake {
            if (word.startsWith("-")) {
                throw new Mistake("unknown option '" + word + "'; expected: " + USAGE);
            }
            plain.addAll(List.of(word.trim().split(" +")));
        }

        private static String value(List<String> words, int i, String option) throws Mistake {
            if (i >= words.size()) {
                throw new Mistake("option " + option + " needs a value");
            }
            return words.get(i);
        }

        private static String field(String line) throws Mistake {
            int colon = line.indexOf(':');
            if (colon <= 0 || line.chars().anyMatch(c -> c == '\r' || c == '\n')) {
                throw new Mistake("'" + line + "' is no header field: expected 'name: value'");
            }
            return line;
        }

        private static InetAddress address(String text, String option) throws Mistake {
            try {
                return InetAddress.ofLiteral(text);
            } catch (IllegalArgumentException e) {
                throw new Mistake("option " + option + " expects an IP address, got '" + text + "'");
            }
        }

        private MadeUpRequest finish() throws Mistake {
            if (plain.isEmpty() || plain.size() > 2) {
                throw new Mistake("expected a request: " + USAGE);
            }
            String method = plain.size() == 2 ? plain.getFirst() : "GET";
            String url = plain.getLast();
            int scheme = url.indexOf("://");
            String authority = scheme < 0 ? "" : authority(url.substring(scheme + 3));
            String target = scheme < 0 ? url : url.substring(scheme + 3 + authority.length());
            if (!method.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
                throw new Mistake("'" + method + "' is no method");
            }
            if (!isScheme(url, scheme) || !target.isEmpty() && "/?*".indexOf(target.charAt(0)) < 0) {
                throw new Mistake("'" + url + "' is no URL: expected http://<host>[:<port>]/<path>, or /<path>");
            }
            String host = authority.isEmpty() ? "localhost" : authority;
            int port = port(authority, scheme < 0 ? 0 : url.startsWith("https") ? HTTPS_PORT : HTTP_PORT);
            boolean hasPath = !target.isEmpty() && target.charAt(0) != '?';
            return new MadeUpRequest(
                    method,
                    hasPath ? target : "/" + target,
                    host,
                    port,
                    List.copyOf(fields),
                    source,
                    destination,
                    frontend,
                    isJson);
        }

        private static boolean isScheme(String url, int end) {
            return end < 0 || url.startsWith("http://") || url.startsWith("https://");
        }

        private static String authority(String rest) {
            int end = 0;
            while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
                end++;
            }
            return rest.substring(0, end);
        }

        private static int port(String authority, int usual) throws Mistake {
            int colon = authority.lastIndexOf(':');
            if (colon < 0 || authority.endsWith("]")) {
                return usual;
            }
            String digits = authority.substring(colon + 1);
            if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > PORT_MAX) {
                throw new Mistake("'" + digits + "' is no port");
            }
            return Integer.parseInt(digits);
        }
    }
}
