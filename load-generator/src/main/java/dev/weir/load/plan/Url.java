package dev.weir.load.plan;

/**
 * A URL taken apart.
 *
 * @param text as written
 * @param scheme http or tcp
 * @param host without brackets
 * @param port given, or the scheme's own
 * @param hostAndPort as a server is to see them: with brackets, without the scheme's own port
 * @param target path and query, at least {@code /}; no fragment
 */
public record Url(String text, String scheme, String host, int port, String hostAndPort, String target) {
    private static final int HTTP_PORT = 80;
    private static final int PORT_MAX = 65535;

    /** Reads one to connect to; a missing scheme is http. */
    public static Url parse(String text) {
        return parse(text, 1);
    }

    /** Reads one to listen on, where port 0 is any. */
    public static Url parseToListen(String text) {
        return parse(text, 0);
    }

    private static Url parse(String text, int portMin) {
        int schemeEnd = text.indexOf("://");
        String scheme = schemeEnd < 0 ? "http" : text.substring(0, schemeEnd).toLowerCase(java.util.Locale.ROOT);
        checkScheme(scheme, text);
        String rest = schemeEnd < 0 ? text : text.substring(schemeEnd + 3);
        int fragment = rest.indexOf('#');
        rest = fragment < 0 ? rest : rest.substring(0, fragment);
        int authorityEnd = firstOf(rest, '/', '?');
        String authority = rest.substring(0, authorityEnd);
        String target = rest.substring(authorityEnd);
        target = target.startsWith("/") ? target : "/" + target;
        checkTarget(target, text);
        return of(text, scheme, authority, target, portMin);
    }

    private static Url of(String text, String scheme, String authority, String target, int portMin) {
        if (authority.indexOf('@') >= 0) {
            throw new PlanException(text + ": user and password belong in a header (-H 'Authorization: Basic ...')");
        }
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String bracketed = hasPort ? authority.substring(0, colon) : authority;
        String host = bracketed.startsWith("[") && bracketed.endsWith("]")
                ? bracketed.substring(1, bracketed.length() - 1)
                : bracketed;
        if (host.isEmpty()) {
            throw new PlanException(text + ": the host is missing");
        }
        int port = hasPort ? port(authority.substring(colon + 1), text, portMin) : ownPort(scheme, text);
        boolean isOwnPort = scheme.equals("http") && port == HTTP_PORT;
        return new Url(text, scheme, host, port, isOwnPort ? bracketed : bracketed + ":" + port, target);
    }

    private static void checkScheme(String scheme, String text) {
        if (scheme.equals("https")) {
            throw new PlanException(text + ": https is not supported yet; http and tcp are");
        }
        if (!scheme.equals("http") && !scheme.equals("tcp")) {
            throw new PlanException(text + ": scheme '" + scheme + "' is not known; http and tcp are");
        }
    }

    /** What would break the request line. */
    private static void checkTarget(String target, String text) {
        for (int i = 0; i < target.length(); i++) {
            if (target.charAt(i) <= ' ' || target.charAt(i) >= 0x7F) {
                throw new PlanException(text + ": write blanks and other such characters as %20");
            }
        }
    }

    private static int firstOf(String text, char one, char other) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == one || text.charAt(i) == other) {
                return i;
            }
        }
        return text.length();
    }

    private static int ownPort(String scheme, String text) {
        if (scheme.equals("http")) {
            return HTTP_PORT;
        }
        throw new PlanException(text + ": the port is missing");
    }

    private static int port(String digits, String text, int min) {
        try {
            int port = Integer.parseInt(digits);
            if (port >= min && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new PlanException(text + ": '" + digits + "' is no port");
        }
        throw new PlanException(text + ": port " + digits + " is out of range");
    }
}
