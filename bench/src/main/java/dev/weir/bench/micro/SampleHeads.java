package dev.weir.bench.micro;

import java.nio.charset.StandardCharsets;

/** Request heads as they come from load generators, browsers and users with many cookies. */
final class SampleHeads {
    private static final String BROWSER = """
            GET /assets/css/main.7f3c2a91.css?v=20260411&theme=dark HTTP/1.1
            Host: www.example.com
            Connection: keep-alive
            sec-ch-ua: "Chromium";v="141", "Not?A_Brand";v="8"
            sec-ch-ua-mobile: ?0
            sec-ch-ua-platform: "Linux"
            Upgrade-Insecure-Requests: 1
            User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8
            Sec-Fetch-Site: same-origin
            Sec-Fetch-Mode: navigate
            Sec-Fetch-User: ?1
            Sec-Fetch-Dest: document
            Referer: https://www.example.com/products/list?page=3&sort=price
            Accept-Encoding: gzip, deflate, br, zstd
            Accept-Language: de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7
            Cookie: session=b3f1c9d2a7e84f60b5d8; theme=dark; consent=1; _ga=GA1.2.1234567890.1700000000
            If-None-Match: "7f3c2a91-5e1b"
            If-Modified-Since: Sat, 11 Apr 2026 08:15:42 GMT
            Cache-Control: max-age=0
            X-Requested-With: XMLHttpRequest

            """;

    private SampleHeads() {}

    /** {@code small}: what wrk sends; {@code browser}: twenty fields; {@code cookies}: 8 kB of them. */
    static byte[] named(String name) {
        String text = switch (name) {
            case "small" -> "GET /index.html HTTP/1.1\nHost: localhost:8080\n\n";
            case "browser" -> BROWSER;
            case "cookies" -> "GET / HTTP/1.1\nHost: www.example.com\nAccept: */*\nCookie: " + cookies() + "\n\n";
            default -> throw new IllegalArgumentException(name);
        };
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String cookies() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 8192; i++) {
            text.append("cookie").append(i).append('=').append(Long.toHexString(0x9E3779B97F4A7C15L * (i + 1)));
            text.append("; ");
        }
        return text.substring(0, 8192);
    }
}
