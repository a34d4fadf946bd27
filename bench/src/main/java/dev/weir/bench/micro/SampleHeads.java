package dev.weir.bench.micro;

import dev.weir.bench.scenario.BrowserRequest;
import java.nio.charset.StandardCharsets;

/** Request heads as they come from load generators, browsers and users with many cookies. */
final class SampleHeads {
    private SampleHeads() {}

    /** {@code small}: what wrk sends; {@code browser}: twenty fields; {@code cookies}: 8 kB of them. */
    static byte[] named(String name) {
        String text = switch (name) {
            case "small" -> "GET /index.html HTTP/1.1\nHost: localhost:8080\n\n";
            case "browser" ->
                "GET /assets/css/main.7f3c2a91.css?v=20260411&theme=dark HTTP/1.1\nHost: www.example.com\n"
                        + String.join("\n", BrowserRequest.FIELDS) + "\n\n";
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
