package dev.weir.e2e;

import dev.weir.e2e.ComparedConfigurations.Ask;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes backends that keep clients with their servers by cookies, with servers that are there, away, in maintenance or without a weight,
 * and requests of clients that come back with what they were given, or with something else. A server that refuses connections is there
 * only where another one takes its requests, since a second try at the same one waits for a second. {@code leastconn} is left out: which of
 * several equals is next is not always the same.
 */
final class RandomPersistence {
    /** What servers answer. */
    static final List<String> ANSWERS = List.of(
            answer(""),
            answer("Set-Cookie: SRV=own; path=/\r\n"),
            answer("Set-Cookie: SRV=cs2\r\nSet-Cookie: other=1\r\n"),
            answer("Set-Cookie: sid=\"quoted\"; Secure\r\n"),
            answer("Set-Cookie: sid = spaced ; a\r\nCache-Control: public\r\n"),
            answer("Set-Cookie: SRV=\r\n"),
            answer("Set-Cookie: SRVX=1, SRV=2\r\n"),
            answer("Set-Cookie: sid\r\nExpires: 0\r\n"),
            answer("Cache-Control: no-cache\r\nPragma: x\r\n"),
            "HTTP/1.1 204 No Content\r\nSet-Cookie: sid=empty\r\n\r\n",
            "HTTP/1.1 503 Sorry\r\nContent-Length: 0\r\nSet-Cookie: SRV=gone\r\n\r\n");

    private static final String LOG = String.join("<|>", List.of("%b", "%s", "%ST", "%ts", "%tsc", "%rc", "%{+Q}r"));
    private static final List<String> MODES = List.of(
            "insert",
            "insert indirect",
            "insert nocache",
            "insert indirect nocache",
            "insert preserve",
            "insert indirect preserve",
            "insert postonly",
            "insert indirect postonly nocache",
            "insert httponly secure",
            "insert domain a.b domain .c.d",
            "insert maxidle 1h",
            "insert maxlife 2h",
            "insert maxlife 2h maxidle 1h",
            "insert indirect maxidle 1h preserve",
            "insert attr \"SameSite=Lax\" attr X",
            "insert dynamic",
            "insert indirect dynamic httponly",
            "rewrite",
            "rewrite nocache",
            "rewrite postonly",
            "prefix",
            "prefix nocache",
            "prefix indirect",
            "");
    private static final List<String> LINES = List.of(
            "option persist",
            "ignore-persist if { path_beg /a }",
            "ignore-persist unless METH_GET",
            "force-persist if { path_end z }",
            "force-persist if { hdr(x-a) -m found }",
            "use-server s2 if { path_end y }",
            "stick-table type string len 20 size 1k expire 1h\n    stick on path",
            "option http-server-close",
            "balance uri",
            "balance first");
    private static final List<String> STATES = List.of("", "", "", " disabled", " backup", " weight 0");
    private static final List<String> COOKIES = List.of(
            "SRV=cs2",
            "SRV=cs1",
            "SRV=cs3",
            "SRV=cs2|ZZZZZ|ZZZZZ",
            "SRV=cs1|Y",
            "SRV=cs1|",
            "SRV=cs2|aaaaa",
            "SRV=",
            "a=1; SRV=cs2; b",
            "SRV=\"cs1\"",
            "sid=cs1~x",
            "sid=cs1",
            "sid=cs2~",
            "a=1;sid=\"x y\"",
            "sid=cs2~foo; SRV=nope",
            "",
            "SRV=cs1; sid=1",
            "SRV=cs1; SRV=cs2",
            "SRV=nope;SRV=cs2",
            "srv=cs1",
            "$Version=1; SRV=cs2; $Path=/",
            "SRV = cs1 ; x",
            "SRV=cs1,SRV=cs2",
            "xSRV=cs1",
            "SRV",
            ";SRV=cs2;;");

    private final RandomChoice choice;
    private final String id;
    private final String cookie;

    /** @param id what the names of this configuration end with */
    RandomPersistence(RandomChoice choice, String id) {
        this.choice = choice;
        this.id = id;
        this.cookie = choice.one("SRV", "SRV", "sid");
    }

    private static String answer(String fields) {
        return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 2\r\n\r\nok";
    }

    String frontend() {
        return "fe" + id;
    }

    String configuration() {
        List<String> lines = new ArrayList<>();
        lines.add("frontend " + frontend() + "\n    bind 127.0.0.1:@" + frontend() + "@\n    log-format '" + LOG + "'");
        lines.add("    default_backend be" + id + "\nbackend be" + id);
        lines.add("    cookie " + cookie + " " + choice.one(MODES));
        if (choice.below(3) > 0) {
            lines.add("    dynamic-cookie-key " + choice.one("k", "other"));
        }
        choice.some(LINES, choice.one(0, 0, 1, 1, 2)).forEach(line -> lines.add("    " + line));
        boolean isRedispatching = choice.below(3) == 0;
        lines.add("    retries 1" + (isRedispatching ? "\n    option redispatch" : ""));
        for (String server : List.of("s1", "s2")) {
            lines.add("    server " + server + " 127.0.0.1:@" + server + "@"
                    + choice.one("", " cookie c" + server, " cookie c" + server)
                    + (isRedispatching && server.equals("s1") ? "" : choice.one(STATES)));
        }
        if (isRedispatching) {
            lines.add("    server s3 127.0.0.1:@refusing@ cookie cs3 weight 1");
        }
        return String.join("\n", lines) + "\n";
    }

    /** What a client sends: what it was given, the same after another answer of the server, or what it never had. */
    Ask ask() {
        String method = choice.one("GET", "GET", "GET", "POST", "HEAD");
        List<String> fields = new ArrayList<>(List.of("Host: x", "Connection: close"));
        for (int i = choice.one(0, 1, 1, 1, 2); i > 0; i--) {
            fields.add("Cookie: "
                    + choice.one(ComparedConfigurations.JAR, ComparedConfigurations.JAR, choice.one(COOKIES)));
        }
        if (choice.below(4) == 0) {
            fields.add("X-A: 1");
        }
        fields.add("X-Answer: " + choice.one(0, 0, 0, choice.below(ANSWERS.size())));
        if (method.equals("POST")) {
            fields.add("Content-Length: 0");
        }
        String target = choice.one("/", "/", "/a", "/z", "/az", "/y");
        return new Ask(frontend(), method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", fields) + "\r\n\r\n");
    }
}
