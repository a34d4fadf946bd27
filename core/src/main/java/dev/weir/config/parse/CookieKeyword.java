package dev.weir.config.parse;

import dev.weir.config.model.CookieLine;
import dev.weir.config.model.CookieLine.Mode;
import java.util.ArrayList;
import java.util.List;

/** {@code cookie <name> ...}; the line stands behind the keyword. It takes the place of one before it, but for {@code attr}, which adds up. */
final class CookieKeyword {
    private static final String OPTIONS =
            "'rewrite', 'insert', 'prefix', 'indirect', 'nocache', 'postonly', 'preserve', 'httponly', 'secure',"
                    + " 'domain', 'maxidle', 'maxlife', 'dynamic' and 'attr' options.";

    private final Line line;
    private final List<Mode> modes = new ArrayList<>();
    private final List<String> flags = new ArrayList<>();
    private final List<String> domains = new ArrayList<>();
    private final List<String> attributes = new ArrayList<>();
    private long maxIdleMs;
    private long maxLifeMs;

    /** @param before null for the first */
    private CookieKeyword(Line line, CookieLine before) {
        this.line = line;
        attributes.addAll(before == null ? List.of() : before.attributes());
    }

    static void parse(ProxyDraft proxy, Line line) {
        String name = line.argument("<cookie_name>");
        var keyword = new CookieKeyword(line, proxy.persistence.cookie);
        while (line.hasNext() && keyword.option(line.next())) {}
        if (!name.isEmpty() && keyword.isConsistent()) {
            proxy.persistence.cookie = keyword.build(name);
        }
    }

    private boolean option(String word) {
        switch (word) {
            case "rewrite" -> mode(Mode.REWRITE);
            case "insert" -> mode(Mode.INSERT);
            case "prefix" -> mode(Mode.PREFIX);
            case "indirect", "nocache", "postonly", "preserve", "httponly", "secure", "dynamic" -> flags.add(word);
            case "domain" -> domain();
            case "maxidle" -> maxIdleMs = Math.max(0, seconds(word));
            case "maxlife" -> maxLifeMs = Math.max(0, seconds(word));
            case "attr" -> attribute();
            default -> {
                line.alert("'cookie' supports " + OPTIONS + " (got '" + word + "')");
                line.rest();
                return false;
            }
        }
        return true;
    }

    private void mode(Mode mode) {
        if (!modes.contains(mode)) {
            modes.add(mode);
        }
    }

    private long seconds(String word) {
        line.subject(word);
        long timeMs = line.time(1000);
        line.subject("cookie");
        return timeMs;
    }

    private void domain() {
        String domain = line.next();
        if (domain.isEmpty()) {
            line.alert("'domain' expects <domain> as argument.");
            return;
        }
        for (int i = 0; i < domain.length(); i++) {
            char c = domain.charAt(i);
            boolean isAllowed = c < 128 && Character.isLetterOrDigit(c) || "_.:-".indexOf(c) >= 0;
            if (!isAllowed) {
                line.alert("character '" + c + "' is not permitted in domain name '" + domain + "'.");
                return;
            }
        }
        if (domain.indexOf('.', 1) < 0) {
            line.warning("domain '" + domain
                    + "' contains no embedded dot, this configuration may not work properly (see RFC6265#5.2.3).");
        }
        domains.add(domain);
    }

    private void attribute() {
        String attribute = line.next();
        if (attribute.isEmpty()) {
            line.alert("'attr' expects <value> as argument.");
            return;
        }
        for (int i = 0; i < attribute.length(); i++) {
            char c = attribute.charAt(i);
            if (c < ' ' || c == 127 || c == ';') {
                line.alert("character '%x" + String.format("%02X", (int) c) + "' is not permitted in attribute value.");
                return;
            }
        }
        attributes.add(attribute);
    }

    private boolean isConsistent() {
        int alerts = line.problems().alerts();
        if (modes.size() > 1) {
            line.alert("cookie 'rewrite', 'insert' and 'prefix' modes are incompatible.");
        } else if (modes.contains(Mode.REWRITE) && flags.contains("indirect")) {
            line.alert("cookie 'rewrite' and 'indirect' modes are incompatible.");
        } else if (flags.contains("preserve") && !modes.contains(Mode.INSERT) && !flags.contains("indirect")) {
            line.alert("cookie 'preserve' requires at least 'insert' or 'indirect'.");
        }
        return alerts == line.problems().alerts();
    }

    private CookieLine build(String name) {
        return new CookieLine(
                line.at(),
                name,
                modes.isEmpty() ? Mode.PASSIVE : modes.getFirst(),
                flags.contains("indirect"),
                flags.contains("nocache"),
                flags.contains("postonly"),
                flags.contains("preserve"),
                flags.contains("httponly"),
                flags.contains("secure"),
                flags.contains("dynamic"),
                List.copyOf(domains),
                (int) (maxIdleMs / 1000),
                (int) (maxLifeMs / 1000),
                List.copyOf(attributes));
    }
}
