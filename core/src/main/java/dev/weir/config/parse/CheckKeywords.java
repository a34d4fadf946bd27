package dev.weir.config.parse;

import static dev.weir.config.parse.Keyword.BACKEND;
import static dev.weir.config.parse.Keyword.DEFAULTS;

import dev.weir.config.model.HealthCheck.CheckLine;
import dev.weir.config.model.HealthCheck.Kind;
import dev.weir.config.model.Problems;
import dev.weir.config.parse.Keyword.LineParser;
import dev.weir.config.parse.Line.Modifier;
import java.util.ArrayList;
import java.util.List;

/** Health checks of backends: the options that choose a protocol, and the lines of {@code tcp-check} and {@code http-check}. */
final class CheckKeywords {
    private static final int BACK = DEFAULTS | BACKEND;

    private CheckKeywords() {}

    // ---- lines ----

    static void fill(KeywordTable<ProxyDraft> table) {
        step(table, "connect", true, "opens a connection");
        step(table, "expect", true, "wants something of the answer");
        step(table, "send", true, "sends a text, or an HTTP request");
        step(table, "send-lf", false, "sends a formatted text");
        step(table, "send-binary", false, "sends bytes written as hexadecimal digits");
        step(table, "send-binary-lf", false, "sends bytes whose digits a format makes");
        step(table, "comment", true, "what messages say of the steps behind it");
        step(table, "set-var", true, "sets a variable to the value of an expression");
        step(table, "set-var-fmt", true, "sets a variable to a formatted text");
        step(table, "unset-var", true, "removes a variable");
        table.supported(
                "http-check disable-on-404",
                BACK,
                "404 of a server that is up lets it take persistent sessions only",
                (proxy, line) -> proxy.checks.isGoneMeaningful = true);
        table.supported(
                "http-check send-state",
                BACK,
                "tells servers how they are seen",
                (proxy, line) -> proxy.checks.sendsState = true);
    }

    private static void step(KeywordTable<ProxyDraft> table, String name, boolean isAlsoHttp, String note) {
        table.supported(
                "tcp-check " + name,
                BACK,
                note + ", in checks by `option tcp-check`",
                (proxy, line) -> proxy.checks.add(false, line(line)));
        if (isAlsoHttp) {
            table.supported(
                    "http-check " + name,
                    BACK,
                    note + ", in checks by `option httpchk`",
                    (proxy, line) -> proxy.checks.add(true, line(line)));
        }
    }

    private static CheckLine line(Line line) {
        line.moveTo(1);
        return new CheckLine(line.at(), false, line.rest());
    }

    // ---- options ----

    static void fillOptions(KeywordTable<ProxyDraft> table) {
        option(
                table,
                "tcp-check",
                "checks run the `tcp-check` lines",
                (proxy, line) -> proxy.checks.choose(Kind.TCP, List.of()));
        option(
                table,
                "httpchk",
                "checks are HTTP requests; see `http-check`",
                (proxy, line) -> proxy.checks.chooseHttp(new CheckLine(line.at(), true, line.rest())));
        option(
                table,
                "ldap-check",
                "checks bind to an LDAPv3 server",
                (proxy, line) -> proxy.checks.choose(Kind.LDAP, List.of()));
        option(
                table,
                "redis-check",
                "checks are PINGs of Redis",
                (proxy, line) -> proxy.checks.choose(Kind.REDIS, List.of()));
        option(
                table,
                "ssl-hello-chk",
                "checks are SSLv3 hellos",
                (proxy, line) -> proxy.checks.choose(Kind.SSL_HELLO, List.of()));
        option(table, "smtpchk", "checks greet an SMTP server", CheckKeywords::smtp);
        option(table, "mysql-check", "checks are greeted by MySQL, and log in", CheckKeywords::mysql);
        option(table, "pgsql-check", "checks log in to PostgreSQL", CheckKeywords::postgresql);
    }

    private static void option(
            KeywordTable<ProxyDraft> table, String name, String note, LineParser<ProxyDraft> parser) {
        table.supported(name, BACK, note, (proxy, line) -> {
            if (line.modifier() == Modifier.NONE) {
                parser.parse(proxy, line);
            } else {
                line.alert("negation/default is not supported for option '" + name + "'.");
                line.rest();
            }
        });
    }

    private static void smtp(ProxyDraft proxy, Line line) {
        List<String> words = new ArrayList<>(List.of("HELO", "localhost"));
        if (line.hasNext()) {
            String command = line.next();
            boolean isKnown = command.equals("HELO") || command.equals("EHLO");
            String domain = line.next();
            if (isKnown && !domain.isEmpty()) {
                words = List.of(command, domain);
            }
        }
        proxy.checks.choose(Kind.SMTP, words);
    }

    private static void mysql(ProxyDraft proxy, Line line) {
        List<String> words = new ArrayList<>();
        if (line.hasNext()) {
            String first = line.next();
            if (!first.equals("user")) {
                line.alertSubject("only supports optional values: 'user' (got '" + first + "').");
                line.rest();
                return;
            }
            String user = line.next();
            if (user.isEmpty()) {
                line.alert("'option mysql-check user' expects <username> as argument.");
            }
            words.add(user);
            String version = line.hasNext() ? line.next() : "post-41";
            if (!version.equals("post-41") && !version.equals("pre-41")) {
                line.alert("keyword 'user' only supports 'post-41' and 'pre-41' (got '" + version + "').");
            }
            words.add(version);
        }
        proxy.checks.choose(Kind.MYSQL, List.copyOf(words));
    }

    private static void postgresql(ProxyDraft proxy, Line line) {
        boolean isUser = line.accept("user");
        String user = line.next();
        if (!isUser || user.isEmpty()) {
            line.alertSubject("expects 'user <username>' as argument.");
            line.rest();
        }
        proxy.checks.choose(Kind.POSTGRESQL, List.of(user));
    }

    // ---- at the end of a section ----

    /** Warns of what has no effect. */
    static void review(ProxyDraft proxy, Problems problems) {
        CheckDraft checks = proxy.checks;
        if (!proxy.kind.hasBackend()) {
            return;
        }
        if (checks.hasIdleLines(true)) {
            problems.warning(proxy.at, proxy.title() + idle("http-check", "httpchk"));
        }
        if (checks.hasIdleLines(false)) {
            problems.warning(proxy.at, proxy.title() + idle("tcp-check", "tcp-check"));
        }
        if (checks.isGoneMeaningful && !checks.usesHttp()) {
            problems.warning(proxy.at, ignored("disable-on-404", proxy));
        }
        if (checks.sendsState && !checks.usesHttp()) {
            problems.warning(proxy.at, ignored("send-state", proxy));
        }
    }

    private static String idle(String lines, String option) {
        return " uses " + lines + " rules without 'option " + option + "', so the rules are ignored.";
    }

    private static String ignored(String keyword, ProxyDraft proxy) {
        return "'" + keyword + "' will be ignored for " + proxy.title() + " (requires 'option httpchk').";
    }
}
