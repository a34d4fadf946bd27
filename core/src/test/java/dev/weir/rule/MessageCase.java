package dev.weir.rule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A case of {@code messages.txt}: rules, a request, and what becomes of the messages. Lines of messages end with {@code \n}. */
public record MessageCase(
        List<String> rules,
        String request,
        String response,
        String expectedRequest,
        String expectedResponse,
        String difference) {
    private static final String REQUEST = "GET /a/b?c=d HTTP/1.1\nHost: h.x";
    private static final String RESPONSE = "HTTP/1.1 200 OK\ncontent-length: 0";

    static List<MessageCase> all() throws IOException {
        List<MessageCase> cases = new ArrayList<>();
        try (var input = MessageCase.class.getResourceAsStream("/dev/weir/rule/messages.txt")) {
            String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            for (String block : text.split("\n\n+")) {
                if (!block.startsWith("#")) {
                    cases.add(parse(block));
                }
            }
        }
        return cases;
    }

    private static MessageCase parse(String block) {
        String request = lines(block, "> ");
        String response = lines(block, "< ");
        return new MessageCase(
                block.lines().filter(line -> Character.isLetter(line.charAt(0))).toList(),
                request.isEmpty() ? REQUEST : request,
                response.isEmpty() ? RESPONSE : response,
                lines(block, "= "),
                lines(block, "+ "),
                lines(block, "! "));
    }

    private static String lines(String block, String mark) {
        return String.join(
                "\n",
                block.lines()
                        .filter(line -> line.startsWith(mark))
                        .map(line -> line.substring(mark.length()))
                        .toList());
    }

    @Override
    public String toString() {
        return String.join(" ", rules);
    }
}
