package dev.weir.rule.reply;

import dev.weir.acl.ConditionParser;
import dev.weir.protocol.http.FieldName;
import dev.weir.rule.ActionTools;
import dev.weir.rule.FormattedText;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The arguments that describe a reply: of {@code return}, {@code deny}, {@code tarpit} and {@code http-error}. One line; one thread. */
public final class ReplyParser {
    private final Words words;
    private final ActionTools tools;
    private final List<FormattedReply.Field> fields = new ArrayList<>();
    private int status;
    private String contentType;
    /** The word that named the payload, empty if there is none. */
    private String kind = "";

    private FormattedText payload;
    private String file;
    private String section;

    private ReplyParser(Words words, ActionTools tools, int status) {
        this.words = words;
        this.tools = tools;
        this.status = status;
    }

    /**
     * Takes the arguments of a reply up to a word that is none of them.
     *
     * @param status if the line gives none
     */
    public static Reply parse(Words words, ActionTools tools, int status) throws ParseProblem {
        ReplyParser parser = new ReplyParser(words, tools, status);
        while (words.hasNext() && !ConditionParser.isAt(words) && parser.argument()) {
            // the argument was taken
        }
        return parser.reply();
    }

    /** The page of a status that the proxies in charge have for it: what {@code deny} says by default. */
    public static Reply page(int status, String argument) throws ParseProblem {
        if (!ErrorReplies.isKnown(status)) {
            throw new ParseProblem("status code '%d' not handled by default with '%s' argument.", status, argument);
        }
        return new PageReply(status);
    }

    /** A status as HAProxy reads it: what is no number counts as 0. */
    public static int status(Words words) throws ParseProblem {
        if (!words.hasNext()) {
            throw new ParseProblem("'status' expects <status_code> as argument");
        }
        String text = words.next();
        int digits = 0;
        while (digits < text.length() && digits < 9 && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        int status = digits == 0 ? 0 : Integer.parseInt(text.substring(0, digits));
        if (status < 200 || status > 599) {
            throw new ParseProblem("Unexpected status code '%d'", status);
        }
        return status;
    }

    private boolean argument() throws ParseProblem {
        switch (words.peek()) {
            case "status" -> {
                words.next();
                status = status(words);
            }
            case "content-type" -> {
                words.next();
                contentType = required("content-type", "<ctype>");
            }
            case "hdr" -> {
                words.next();
                field();
            }
            case "default-errorfiles", "errorfile", "errorfiles", "file", "lf-file", "string", "lf-string" -> payload();
            default -> {
                return false;
            }
        }
        return true;
    }

    private String required(String argument, String what) throws ParseProblem {
        if (!words.hasNext()) {
            throw new ParseProblem("'%s' expects %s as argument", argument, what);
        }
        return words.next();
    }

    private void field() throws ParseProblem {
        String name = words.next();
        if (!words.hasNext()) {
            throw new ParseProblem("'hdr' expects <name> and <value> as arguments");
        }
        String value = words.next();
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("content-length") || lower.equals("transfer-encoding") || lower.equals("content-type")) {
            tools.context().warning("header '" + name + "' always ignored by the http reply.");
            return;
        }
        fields.add(new FormattedReply.Field(
                FieldName.of(name), FormattedText.parseForHead(value, tools.formats(), tools.context())));
    }

    private void payload() throws ParseProblem {
        String word = words.next();
        if (!kind.isEmpty()) {
            throw new ParseProblem("unexpected '%s' argument, '%s' already defined", word, kind);
        }
        kind = word;
        switch (word) {
            case "errorfile" -> file = required(word, "<fmt>");
            case "errorfiles" -> section = required(word, "<name>");
            case "file" -> payload = FormattedText.constant(content(required(word, "<file>")));
            case "lf-file" -> payload = format(new String(content(required(word, "<file>")), StandardCharsets.UTF_8));
            case "string" -> payload = FormattedText.constant(required(word, "<str>"));
            case "lf-string" -> payload = format(required(word, "<fmt>"));
            default -> {} // default-errorfiles names no more than that
        }
    }

    private FormattedText format(String text) throws ParseProblem {
        return FormattedText.parse(text, tools.formats(), tools.context());
    }

    private byte[] content(String name) throws ParseProblem {
        byte[] bytes = ErrorFile.read(tools.context().folder(), name);
        int most = tools.resources().bufferBytes();
        if (bytes.length > most) {
            throw new ParseProblem("file '%s' exceeds the buffer size (%d > %d)", name, bytes.length, most);
        }
        return bytes;
    }

    private Reply reply() throws ParseProblem {
        return switch (kind) {
            case "" -> withoutPayload("neither errorfile nor payload defined", "because ");
            case "default-errorfiles" -> {
                ignoreDetails();
                yield page(status, kind);
            }
            case "errorfile" -> {
                ignoreDetails();
                yield ErrorFile.load(
                        tools.context().folder(),
                        file,
                        status,
                        tools.resources().bufferBytes());
            }
            case "errorfiles" -> {
                ignoreDetails();
                yield ofSection();
            }
            default -> withPayload();
        };
    }

    private Reply withoutPayload(String reason, String conjunction) {
        if (contentType != null) {
            tools.context()
                    .warning("content-type '" + contentType + "' ignored by the http reply " + conjunction + reason
                            + ".");
        }
        return new FormattedReply(status, null, List.copyOf(fields), null);
    }

    private void ignoreDetails() {
        if (contentType != null) {
            tools.context()
                    .warning("content-type '" + contentType
                            + "' ignored by the http reply when used with an errorfile.");
        }
        if (!fields.isEmpty()) {
            tools.context().warning("hdr parameters ignored by the http reply when used with an errorfile.");
        }
    }

    private Reply ofSection() throws ParseProblem {
        page(status, kind);
        ErrorReplies replies = tools.resources().errorSection(section);
        if (replies == null) {
            throw new ParseProblem("unknown http-errors section '%s' referenced by an http reply", section);
        }
        Reply own = replies.own(status);
        if (own == null) {
            tools.context()
                    .warning("status '" + status + "' referenced by an http reply not declared in http-errors section '"
                            + section + "'.");
        }
        return own == null ? new FormattedReply(status, null, List.of(), null) : own;
    }

    private Reply withPayload() throws ParseProblem {
        boolean isFormat = kind.startsWith("lf-");
        if (!isFormat && payload.constant().length == 0) {
            return withoutPayload("an empty payload", "when used with ");
        }
        if (contentType == null) {
            throw new ParseProblem(
                    isFormat
                            ? "a content type must be defined with a log-format payload"
                            : "a content type must be defined when non-empty payload is configured");
        }
        if (status == 204 || status == 304) {
            throw new ParseProblem("No body expected for %d responses", status);
        }
        DirectBuffer type = new UnsafeBuffer(contentType.getBytes(StandardCharsets.UTF_8));
        return new FormattedReply(status, type, List.copyOf(fields), payload);
    }
}
