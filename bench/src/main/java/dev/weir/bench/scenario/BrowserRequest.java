package dev.weir.bench.scenario;

import java.util.List;

/** The header fields of a browser's request: twenty with {@code Host}, which whoever sends it puts before them. */
public final class BrowserRequest {
    /** {@code name: value}. */
    public static final List<String> FIELDS = List.of(
            "Connection: keep-alive",
            "sec-ch-ua: \"Chromium\";v=\"141\", \"Not?A_Brand\";v=\"8\"",
            "sec-ch-ua-mobile: ?0",
            "sec-ch-ua-platform: \"Linux\"",
            "Upgrade-Insecure-Requests: 1",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
            "Sec-Fetch-Site: same-origin",
            "Sec-Fetch-Mode: navigate",
            "Sec-Fetch-User: ?1",
            "Sec-Fetch-Dest: document",
            "Referer: https://www.example.com/products/list?page=3&sort=price",
            "Accept-Encoding: gzip, deflate, br, zstd",
            "Accept-Language: de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7",
            "Cookie: session=b3f1c9d2a7e84f60b5d8; theme=dark; consent=1; _ga=GA1.2.1234567890.1700000000",
            "If-None-Match: \"7f3c2a91-5e1b\"",
            "If-Modified-Since: Sat, 11 Apr 2026 08:15:42 GMT",
            "Cache-Control: max-age=0",
            "X-Requested-With: XMLHttpRequest");

    private BrowserRequest() {}
}
