package dev.weir.rule.reply;

import java.util.List;

/** The error pages that hold when nothing is configured: HAProxy's, byte for byte. Immutable. */
final class BuiltInPages {
    private static final String CREDENTIALS = "You need a valid user and password to access this content.";

    static final List<Reply> ALL = List.of(
            page(200, "OK", "Service ready."),
            ConstantReply.page(400, "Bad request", "Your browser sent an invalid request.", true),
            page(401, "Unauthorized", CREDENTIALS),
            page(403, "Forbidden", "Request forbidden by administrative rules."),
            page(404, "Not Found", "The resource could not be found."),
            page(
                    405,
                    "Method Not Allowed",
                    "A request was made of a resource using a request method not supported by that resource."),
            page(407, "Unauthorized", CREDENTIALS),
            ConstantReply.page(408, "Request Time-out", "Your browser didn't send a complete request in time.", true),
            page(410, "Gone", "The resource is no longer available and will not be available again."),
            page(413, "Payload Too Large", "The request entity exceeds the maximum allowed."),
            page(414, "URI Too Long", "The URI provided was too long for the server to process."),
            page(421, "Misdirected Request", "Request sent to a non-authoritative server."),
            page(422, "Unprocessable Content", "The server cannot process the contained instructions."),
            page(425, "Too Early", "Your browser sent early data."),
            page(429, "Too Many Requests", "You have sent too many requests in a given amount of time."),
            page(431, "Request Header Fields Too Large", "Request Header Fields Too Large."),
            page(500, "Internal Server Error", "An internal server error occurred."),
            page(
                    501,
                    "Not Implemented",
                    "The server does not support the functionality required to fulfill the request."),
            page(502, "Bad Gateway", "The server returned an invalid or incomplete response."),
            page(503, "Service Unavailable", "No server is available to handle this request."),
            page(504, "Gateway Time-out", "The server didn't respond in time."));

    private BuiltInPages() {}

    private static Reply page(int status, String reason, String sentence) {
        return ConstantReply.page(status, reason, sentence, false);
    }
}
