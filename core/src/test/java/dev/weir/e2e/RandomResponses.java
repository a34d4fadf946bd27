package dev.weir.e2e;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes expressions about responses and ended exchanges, and responses to ask them about. What operations.md says is otherwise than
 * in HAProxy is left out.
 */
final class RandomResponses {
    private static final List<String> FIELDS =
            List.of("x-a", "x-b", "x-none", "set-cookie", "content-length", "content-type");

    private final RandomExpressions random;

    RandomResponses(RandomExpressions random) {
        this.random = random;
    }

    /** For rules on responses. */
    String expressionOfResponse() {
        return random.next(() -> random.oneOf(List.of(0, 1, 2, 3, 4)) == 0 ? endFetch() : responseFetch());
    }

    /** For the log, where heads are gone. */
    String expressionOfEnd() {
        return random.next(this::endFetch);
    }

    private String responseFetch() {
        return switch (random.oneOf(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))) {
            case 0, 1, 2 ->
                random.oneOf(List.of("res.hdr", "res.fhdr", "shdr", "hdr")) + "(" + field()
                        + random.oneOf(List.of("", ",1", ",2", ",-1", ",-2", ",-9")) + ")";
            case 3 ->
                random.oneOf(List.of("res.hdr_cnt", "res.fhdr_cnt", "res.hdr_val", "res.hdr_ip", "shdr_cnt", "hdr_val"))
                        + "(" + field() + ")";
            case 4 ->
                random.oneOf(List.of(
                        "res.hdr_names", "res.hdr_names(;)", "res.cook_names", "res.hdrs", "res.hdrs_bin", "res.ver"));
            case 5 ->
                random.oneOf(List.of("res.cook", "scook", "cookie", "res.cook_cnt", "scook_cnt", "res.cook_val"))
                        + random.oneOf(List.of("(a)", "(b)", "(A)", ""));
            case 6 -> random.oneOf(List.of("res.body", "res.body_len", "res.body_size", "res.body,length"));
            case 7 -> random.oneOf(List.of("res.hdr(x-b,-1)", "res.fhdr_cnt", "res.hdr_cnt", "resp_ver", "status"));
            default -> "var(" + random.oneOf(List.of("txn.a", "res.b", "req.c", "txn.none")) + ")";
        };
    }

    private String field() {
        return random.oneOf(FIELDS);
    }

    private String endFetch() {
        return switch (random.oneOf(List.of(0, 1, 2, 3, 4, 5))) {
            case 0 ->
                random.oneOf(List.of(
                        "capture.req.hdr(0)", "capture.req.hdr(1)", "capture.res.hdr(0)", "capture.res.hdr(1)"));
            case 1 ->
                random.oneOf(List.of(
                        "capture.req.method", "capture.req.uri", "capture.req.ver", "capture.res.ver", "unique-id"));
            case 2 -> random.oneOf(List.of("server_status", "txn.status", "method", "http_first_req", "bc_reused"));
            case 3 -> random.oneOf(List.of("be_name", "srv_name", "fe_name", "srv_id", "src", "bc_dst", "so_name"));
            case 4 ->
                random.oneOf(List.of(
                        "sc0_http_req_cnt",
                        "sc0_key",
                        "sc0_tracked",
                        "sc1_tracked",
                        "sc_http_req_cnt(0)",
                        "sc0_http_err_cnt",
                        "sc0_http_fail_cnt",
                        "sc0_conn_cur"));
            default ->
                random.oneOf(List.of("var(txn.a)", "var(res.b)", "var(req.c)", "var(txn.a,d)", "var(txn.none,d)"));
        };
    }

    /** What a server answers, whole; its connection is closed behind it. */
    String response() {
        List<String> values = List.of(
                "",
                "a, b,c",
                "\"d,e\",f",
                "12",
                "-5",
                "12abc",
                "10.0.0.1",
                "[::1]:80",
                "%41+b",
                "aGVsbG8=",
                "Wed, 15 Nov 2023 06:13:20 GMT");
        List<String> lines = new ArrayList<>();
        lines.add(random.oneOf(List.of("HTTP/1.1", "HTTP/1.1", "HTTP/1.0")) + " "
                + random.oneOf(List.of("200 OK", "201 Made", "404 Not Found", "500 Oops", "302 Found")));
        for (String name : List.of("X-A", "X-A", "X-B", "X-B", "Content-Type")) {
            if (random.oneOf(List.of(true, true, false))) {
                lines.add(name + ": " + random.oneOf(values));
            }
        }
        for (int i = random.oneOf(List.of(0, 1, 2)); i > 0; i--) {
            lines.add("Set-Cookie: "
                    + random.oneOf(List.of("a=1; path=/", "b=22; Secure", "a=\"q,r\"", "A=x", "b", "=y", "a=3, b=4")));
        }
        String body = random.oneOf(List.of("", "abc", "{\"a\":\"v\"}", "a=1&b=2"));
        boolean isChunked = lines.getFirst().startsWith("HTTP/1.1") && random.oneOf(List.of(true, false));
        lines.add(isChunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length());
        return String.join("\r\n", lines) + "\r\n\r\n" + (isChunked ? chunked(body) : body);
    }

    private static String chunked(String body) {
        String chunk = body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
        return chunk + "0\r\n\r\n";
    }
}
