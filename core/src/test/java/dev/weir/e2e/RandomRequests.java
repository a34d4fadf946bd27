package dev.weir.e2e;

import dev.weir.e2e.ComparedConfigurations.Ask;
import java.util.ArrayList;
import java.util.List;

/** Makes requests for the configurations of {@link RandomRules}. */
final class RandomRequests {
    /** What servers answer, as the request's X-Answer says. */
    static final List<String> ANSWERS = List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-R: one\r\nX-R: two, three\r\nServer: S\r\n\r\nhello",
            "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\nContent-Type: text/html\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\n\r\nnot",
            "HTTP/1.1 204 No Content\r\nX-R: n\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-R: c\r\n\r\n5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\n\r\n",
            "HTTP/1.0 200 OK\r\nX-R: old\r\nConnection: close\r\n\r\nuntil close",
            "HTTP/1.1 302 Found\r\nLocation: /else?where\r\nContent-Length: 0\r\nCache-Control: no-cache\r\n\r\n",
            "HTTP/1.1 500 Oops it broke\r\nContent-Length: 1\r\nConnection: close\r\n\r\nX",
            "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n",
            "HTTP/1.1 200\r\nContent-Length: 2\r\nVary: a, b\r\nX-Empty:\r\n\r\nok",
            "HTTP/1.1 201 Created\r\nContent-Length: 4\r\nX-R: one;q=1, two\r\n\r\n\0\u00FF\r\n");

    private final RandomChoice choice;

    RandomRequests(RandomChoice choice) {
        this.choice = choice;
    }

    /** @param listener whose address it goes to */
    Ask ask(String listener) {
        String method = choice.one("GET", "GET", "GET", "GET", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "FOO");
        String version = choice.one("1.1", "1.1", "1.1", "1.0");
        String target = choice.one(
                "/",
                "/a",
                "/abc",
                "/a/b/../c",
                "//x//y",
                "/%41%2f%2e?b=z",
                "/a?a=1&b=2",
                "/b.html?",
                "/a/./b?c=3&a=1&b=2#f",
                "/%zz",
                "/?a=1",
                "/a?",
                "/x%00y",
                "/%7euser/%c3%a9",
                "/..",
                "/a;p=1/b",
                "http://x.example/a?b=z",
                "http://x.example",
                "/a/../../b",
                "/a%20b",
                "/a?x=%26&a=1",
                "/A/B");
        if (method.equals("OPTIONS") && target.equals("http://x.example")) {
            target += "/"; // other methods get it anyway; operations.md: what set-path does where there is none
        }
        List<String> fields = new ArrayList<>();
        if (target.startsWith("http")) {
            fields.add("Host: x.example");
        } else if (version.equals("1.1") || choice.isChance(50)) {
            fields.add("Host: " + choice.one("x", "x.example", "X.EXAMPLE:80", "1.2.3.4"));
        }
        for (String name : List.of("X-A", "x-b", "Accept", "User-Agent", "X-Mixed")) {
            for (int i = choice.one(0, 1, 1, 2); i > 0; i--) {
                fields.add(name + ": "
                        + choice.one(
                                "one",
                                "one, two",
                                "two;q=1,one",
                                "",
                                "a b",
                                "\u00E9",
                                "One",
                                "x=1",
                                "\"q, r\"",
                                "b2",
                                "0"));
            }
        }
        if (choice.isChance(50)) {
            fields.add("Cookie: "
                    + choice.one(
                            "sid=abc; b=2",
                            "SRV=cs2",
                            "sid=cs1",
                            "PFX=1",
                            "a=1;sid=\"x y\"",
                            "sid=cs2~foo; SRV=no",
                            ""));
        }
        if (choice.isChance(20)) {
            fields.add("Authorization: Basic am9lOnM=");
        }
        if (choice.isChance(15)) {
            fields.add("X-Forwarded-For: 9.9.9.9");
        }
        fields.add("Connection: " + choice.one("close", "close", "close, x-b"));
        fields.add("X-Answer: " + choice.below(ANSWERS.size()));
        String body = List.of("POST", "PUT").contains(method) ? body(version, fields) : "";
        return new Ask(
                listener,
                method + " " + target + " HTTP/" + version + "\r\n" + String.join("\r\n", choice.shuffled(fields))
                        + "\r\n\r\n" + body);
    }

    private String body(String version, List<String> fields) {
        String body = choice.one("", "a=1&b=2", "x".repeat(2000), "\0\u00FF");
        if (version.equals("1.0") || choice.isChance(60)) {
            fields.add("Content-Length: " + body.length());
            return body;
        }
        fields.add("Transfer-Encoding: chunked");
        return (body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n") + "0\r\n\r\n";
    }
}
