package dev.weir.protocol.http1;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One message of {@code request-cases.txt} or {@code response-cases.txt}, which say how they are written.
 *
 * @param strict verdict, a name
 * @param tolerant verdict with the option for unsafe violations
 * @param haproxyStatuses what HAProxy answers in both modes where that differs, else null; empty if it is not asked
 */
record MessageCase(String name, byte[] bytes, String strict, String tolerant, List<String> haproxyStatuses) {
    static final String OK = "OK";
    static final String INCOMPLETE = "INCOMPLETE";

    private static final Pattern REPEATED = Pattern.compile("\\{([^{}]*)\\*(\\d+)\\}");

    static List<MessageCase> read(String resource) throws IOException {
        try (var in = MessageCase.class.getResourceAsStream(resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<MessageCase> cases = new ArrayList<>();
            for (String block : text.split("\n\n")) {
                List<String> lines =
                        block.lines().filter(line -> !line.startsWith("#")).toList();
                if (!lines.isEmpty()) {
                    cases.add(parse(lines));
                }
            }
            return cases;
        }
    }

    /** All tables of requests. */
    static List<MessageCase> requests() throws IOException {
        List<MessageCase> cases = new ArrayList<>(read("request-cases.txt"));
        cases.addAll(read("smuggling-cases.txt"));
        return cases;
    }

    private static MessageCase parse(List<String> lines) {
        String name = "";
        StringBuilder message = new StringBuilder();
        String[] verdicts = {};
        List<String> haproxy = null;
        for (String line : lines) {
            String rest = line.substring(2);
            switch (line.charAt(0)) {
                case ':' -> name = rest;
                case '>' -> message.append(rest);
                case '=' -> verdicts = rest.split(" ");
                case '~' ->
                    haproxy = rest.equals("skip")
                            ? List.of()
                            : List.of(rest.split(" ", 3)).subList(0, 2);
                default -> throw new IllegalArgumentException(line);
            }
        }
        return new MessageCase(name, bytes(message.toString()), verdicts[0], verdicts[verdicts.length - 1], haproxy);
    }

    /** Bytes of a text with escapes. */
    static byte[] bytes(String text) {
        Matcher matcher = REPEATED.matcher(text);
        String repeated = matcher.replaceAll(
                result -> Matcher.quoteReplacement(result.group(1).repeat(Integer.parseInt(result.group(2)))));
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < repeated.length(); i++) {
            char c = repeated.charAt(i);
            if (c != '\\') {
                bytes.append(c);
                continue;
            }
            c = repeated.charAt(++i);
            if (c == 'x') {
                bytes.append((char) Integer.parseInt(repeated, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.append(
                        switch (c) {
                            case 'r' -> '\r';
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case '0' -> '\0';
                            case '\\' -> '\\';
                            default -> throw new IllegalArgumentException("\\" + c);
                        });
            }
        }
        return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    String verdict(boolean isTolerant) {
        return isTolerant ? tolerant : strict;
    }

    /** The status that HAProxy is expected to answer to a client who sent this, or whose server did; null if it is not asked. */
    String haproxyStatus(boolean isTolerant, boolean isRequest) {
        String verdict = verdict(isTolerant);
        if (haproxyStatuses != null) {
            return haproxyStatuses.isEmpty() ? null : haproxyStatuses.get(isTolerant ? 1 : 0);
        }
        if (verdict.equals(INCOMPLETE)) {
            return null;
        }
        if (verdict.equals(OK)) {
            String last = name.substring(name.lastIndexOf(' ') + 1);
            return !isRequest && last.matches("\\d{3}") ? last : "200";
        }
        return isRequest ? String.valueOf(HeadFault.valueOf(verdict).status()) : "502";
    }

    @Override
    public String toString() {
        return name;
    }
}
