package dev.weir.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Makes expressions of fetches and chains of converters, most of them valid. What HAProxy itself does not do the same way twice is
 * left out: optional arguments of {@code has_ctl} leak to other converters, {@code le2dec} overflows beyond three bytes, rfc7239
 * converters share scratch with what follows, and times before 1970 have no meaning there.
 */
final class RandomExpressions {
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "2",
            "7",
            "63",
            "64",
            "255",
            "65535",
            "2147483647",
            "-2147483648",
            "4294967296",
            "9223372036854775807",
            "-9223372036854775807");
    private static final List<String> WORDS = List.of(
            "a",
            "abc",
            "/",
            ".",
            "\"a,b\"",
            "x=1",
            "&",
            "=",
            "-",
            "%41",
            "%c3",
            "\\1",
            "12",
            "-5",
            "127.0.0.1",
            "::1",
            "example.com",
            "[::1]:80",
            "txn.text",
            "\"(\"",
            "\")\"",
            "aGVsbG8=");
    private static final List<String> VARIABLES =
            List.of("txn.text", "txn.number", "txn.yes", "txn.address", "txn.bytes", "txn.none", "txn.method");
    private static final List<String> FIELDS = List.of("host", "x-a", "x-b", "x-none", "cookie");

    /** There it stays a boolean, which only the binary form of the number tells. */
    private static final Pattern NUMBER_OF_A_BOOLEAN = Pattern.compile(
            "(bool|odd|even|in_table|is_valid|memcmp|is_local|first_req|reused|tracked|acl\\(|var\\().*,(add|sub|mul|div|mod|and|or|xor|neg|cpl)\\b");

    private final Random random;

    RandomExpressions(long seed) {
        random = new Random(seed);
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    String next() {
        return next(this::fetch);
    }

    /** One of these fetches, with converters behind it. */
    String next(Supplier<String> fetch) {
        String made = withConverters(fetch.get());
        while (NUMBER_OF_A_BOOLEAN.matcher(made).find()) {
            made = withConverters(fetch.get());
        }
        return made;
    }

    private String withConverters(String fetch) {
        StringBuilder expression = new StringBuilder(fetch);
        int converters = random.nextInt(5);
        for (int i = 0; i < converters; i++) {
            expression.append(',').append(converter());
        }
        return expression.append(random.nextInt(4) == 0 ? ",hex" : "").toString();
    }

    private String fetch() {
        return switch (random.nextInt(24)) {
            case 0 -> "path";
            case 1 -> oneOf(List.of("query", "query(with_qm)", "pathq", "url"));
            case 2 -> oneOf(List.of("method", "base", "baseq", "req.ver"));
            case 3, 4 -> "req.hdr(" + oneOf(FIELDS) + oneOf(List.of("", ",1", ",-1", ",2", ",-2")) + ")";
            case 5 -> "req.fhdr(" + oneOf(FIELDS) + oneOf(List.of("", ",1", ",-1")) + ")";
            case 6 -> oneOf(List.of("req.hdr_cnt", "req.hdr_val", "req.hdr_ip", "hdr")) + "(" + oneOf(FIELDS) + ")";
            case 7 -> oneOf(List.of("req.hdr_names", "req.cook_names", "req.hdr_names(;)", "req.hdrs", "req.hdrs_bin"));
            case 8 ->
                oneOf(List.of("req.cook", "req.cook_cnt", "req.cook_val", "cookie"))
                        + oneOf(List.of("(a)", "(b)", "(none)", ""));
            case 9 -> oneOf(List.of("url_param", "urlp", "urlp_val")) + oneOf(List.of("(a)", "(b)", "(A,,i)", "(c,;)"));
            case 10 ->
                oneOf(List.of(
                        "src",
                        "int(1700000000),utime(%Y%m%d)",
                        "int(0),http_date(60)",
                        "fe_name",
                        "fe_id",
                        "src_is_local",
                        "http_first_req",
                        "be_name"));
            case 11 -> "int(" + oneOf(NUMBERS) + ")";
            case 12 -> "bool(" + oneOf(List.of("true", "false", "1", "0", "yes")) + ")";
            case 13 ->
                "bin(" + oneOf(List.of("00", "ff00ff", "c3a9", "0d0a", "000102030405060708090a0b0c0d0e0f")) + ")";
            case 14 -> oneOf(List.of("ipv4(1.2.3.4)", "ipv6(::ffff:1.2.3.4)", "ipv6(2001:db8::1)"));
            case 15, 16, 17, 18 -> "var(" + oneOf(VARIABLES) + oneOf(List.of("", "," + oneOf(WORDS))) + ")";
            default -> "str(" + oneOf(WORDS) + ")";
        };
    }

    private String converter() {
        return switch (random.nextInt(26)) {
            case 0, 1 -> oneOf(List.of("add", "sub", "mul", "div", "mod", "and", "or", "xor")) + "(" + operand() + ")";
            case 2 -> oneOf(List.of("neg", "odd", "even", "length", "hex2i", "htonl"));
            case 3 -> oneOf(List.of("base64", "b64dec", "ub64enc", "ub64dec", "hex", "base2"));
            case 4 -> oneOf(List.of("lower", "upper", "cut_crlf", "host_only", "port_only"));
            case 5 ->
                oneOf(List.of("field", "word"))
                        + "(" + oneOf(List.of("1", "2", "-1", "-2", "0")) + "," + oneOf(WORDS)
                        + oneOf(List.of("", ",0", ",1", ",2")) + ")";
            case 6 ->
                "bytes(" + oneOf(List.of("0", "1", "3", "-1", "txn.number")) + oneOf(List.of("", ",1", ",5")) + ")";
            case 7 -> oneOf(List.of("crc32", "crc32c", "djb2", "sdbm", "wt6")) + oneOf(List.of("", "(1)", "(0)"));
            case 8 -> oneOf(List.of("xxh32", "xxh64", "xxh3")) + "(" + oneOf(NUMBERS) + ")";
            case 9 -> oneOf(List.of("sha1", "sha2(256)", "digest(md5)", "hmac(sha256,a2V5)", "hmac(sha1,)", "sha2(1)"));
            case 10 -> "concat(" + oneOf(WORDS) + "," + oneOf(VARIABLES) + ")";
            case 11 -> "add_item(" + oneOf(WORDS) + "," + oneOf(VARIABLES) + ")";
            case 12 -> oneOf(List.of("strcmp", "secure_memcmp")) + "(" + oneOf(VARIABLES) + ")";
            case 13 -> "iif(" + oneOf(WORDS) + "," + oneOf(WORDS) + ")";
            case 14 -> oneOf(List.of("ltrim", "rtrim")) + "(" + oneOf(WORDS) + ")";
            case 15 -> "be2dec(" + oneOf(WORDS) + "," + oneOf(List.of("1", "3", "8", "9")) + ")";
            case 16 -> "be2hex(" + oneOf(WORDS) + "," + oneOf(List.of("1", "2", "0")) + oneOf(List.of("", ",1")) + ")";
            case 17 -> "le2dec(" + oneOf(WORDS) + "," + oneOf(List.of("1", "2", "3")) + ")";
            case 18 -> "ipmask(" + oneOf(List.of("24", "0", "32", "255.0.0.0")) + oneOf(List.of("", ",64")) + ")";
            case 19 -> "json(" + oneOf(List.of("ascii", "utf8", "utf8s", "utf8p", "utf8ps")) + ")";
            case 20 -> "param(" + oneOf(List.of("a", "b")) + oneOf(List.of("", ",&", ",;", ",ab")) + ")";
            case 21 ->
                "regsub(" + oneOf(List.of("a", "[a-z]+", "^", "x*", ".")) + "," + oneOf(List.of("", "X", "\\\\0"))
                        + oneOf(List.of("", ",g", ",i")) + ")";
            case 22 -> oneOf(List.of("url_dec", "url_dec(1)", "url_enc", "url_enc(query)"));
            case 23 ->
                oneOf(List.of("in_table", "table_gpt0", "table_conn_cnt", "table_trackers", "table_server_id"))
                        + oneOf(List.of("(names)", "(addresses)"));
            case 24 -> oneOf(List.of("set-var(txn.made)", "unset-var(txn.made)", "when(normal)", "when(!normal)"));
            default -> oneOf(List.of("language(en;fr)", "rfc7239_is_valid"));
        };
    }

    private String operand() {
        return random.nextBoolean() ? oneOf(NUMBERS) : oneOf(VARIABLES);
    }

    /** A request for a path, with fields and a query by chance. */
    String request(String key) {
        List<String> values = List.of(
                "",
                "a, b,c",
                "12",
                "-5",
                "12abc",
                "127.0.0.1",
                "[::1]:80",
                "%c3",
                "%41+b",
                "aGVsbG8=",
                "68656c6c6f",
                "a=1;b=2",
                "a=1&b",
                "\"a,b\",c",
                "for=1.2.3.4",
                "fr;q=0.5,en");
        List<String> targets =
                List.of("/", "/a?a=1&b=2", "/a?A=%41+b&b", "/a;c=1?x;c=2", "/?", "//b/../c?a=%zz", "/%c3%a9");
        List<String> lines = new ArrayList<>();
        lines.add("GET " + oneOf(targets) + " HTTP/1.1");
        lines.add("Host: " + oneOf(List.of("x", "Example.com:80", "1.2.3.4")));
        lines.add("X-Key: " + key);
        for (String name : List.of("X-A", "X-A", "X-B")) {
            if (random.nextInt(3) > 0) {
                lines.add(name + ": " + oneOf(values));
            }
        }
        if (random.nextBoolean()) {
            lines.add("Cookie: " + oneOf(List.of("a=1; b=2", "a=x;a=12", "b=\"q;r\"; a", "=x", "A=1;; b = 3 ")));
        }
        return String.join("\r\n", lines) + "\r\n\r\n";
    }
}
