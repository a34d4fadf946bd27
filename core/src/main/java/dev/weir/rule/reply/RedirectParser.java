package dev.weir.rule.reply;

import dev.weir.acl.ConditionParser;
import dev.weir.rule.ActionTools;
import dev.weir.rule.FormattedText;
import dev.weir.rule.reply.RedirectReply.Kind;
import dev.weir.rule.reply.RedirectReply.Option;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import java.util.EnumSet;
import java.util.Set;

/** The arguments of a redirection, up to a condition. One line; one thread. */
public final class RedirectParser {
    private static final String EXPECTED =
            "expects 'code', 'prefix', 'location', 'scheme', 'set-cookie', 'set-cookie-fmt', 'clear-cookie', 'drop-query',"
                    + " 'keep-query', 'ignore-empty' or 'append-slash' (was '%s')";
    private static final String SET = "; path=/;";
    private static final String CLEAR = "; path=/; Max-Age=0;";

    private final Words words;
    private final ActionTools tools;
    private final boolean isFormat;
    private final Set<Option> options = EnumSet.noneOf(Option.class);
    private Kind kind;
    private String place;
    private int code = 302;
    private FormattedText cookie;

    private RedirectParser(Words words, ActionTools tools, boolean isFormat) {
        this.words = words;
        this.tools = tools;
        this.isFormat = isFormat;
    }

    /** @param isFormat whether the place is a log-format; in the {@code redirect} lines of old it is a plain text */
    public static RedirectReply parse(Words words, ActionTools tools, boolean isFormat) throws ParseProblem {
        RedirectParser parser = new RedirectParser(words, tools, isFormat);
        while (words.hasNext() && !ConditionParser.isAt(words)) {
            parser.argument(words.next());
        }
        return parser.reply();
    }

    private void argument(String word) throws ParseProblem {
        switch (word) {
            case "location" -> place(Kind.LOCATION, word);
            case "prefix" -> place(Kind.PREFIX, word);
            case "scheme" -> place(Kind.SCHEME, word);
            case "set-cookie" -> cookie = FormattedText.constant(value(word) + SET);
            case "clear-cookie" -> cookie = FormattedText.constant(value(word) + CLEAR);
            case "set-cookie-fmt" -> cookie = format(value(word) + SET);
            case "code" -> code = code(value(word));
            case "drop-query" -> options.add(Option.DROP_QUERY);
            case "append-slash" -> options.add(Option.APPEND_SLASH);
            case "keep-query" -> options.add(Option.KEEP_QUERY);
            case "ignore-empty" -> options.add(Option.IGNORE_EMPTY);
            default -> throw new ParseProblem(EXPECTED, word);
        }
    }

    private void place(Kind kind, String word) throws ParseProblem {
        this.kind = kind;
        place = value(word);
    }

    private String value(String word) throws ParseProblem {
        if (!words.hasNext()) {
            throw new ParseProblem("missing argument for '%s'", word);
        }
        return words.next();
    }

    private static int code(String text) throws ParseProblem {
        return switch (text) {
            case "301", "302", "303", "307", "308" -> Integer.parseInt(text);
            default ->
                throw new ParseProblem(
                        "'code': unsupported HTTP code '%s' (must be one of 301, 302, 303, 307 or 308)", text);
        };
    }

    private FormattedText format(String text) throws ParseProblem {
        return FormattedText.parseForHead(text, tools.formats(), tools.context());
    }

    private RedirectReply reply() throws ParseProblem {
        if (kind == null) {
            throw new ParseProblem("redirection type expected ('prefix', 'location', or 'scheme')");
        }
        boolean isOfRequest = tools.context().hook() == Hook.HTTP_REQUEST;
        if (kind != Kind.LOCATION && !isOfRequest) {
            throw new ParseProblem("response only supports redirect type 'location'");
        }
        if (!isOfRequest) {
            options.remove(Option.KEEP_QUERY);
        }
        boolean isNothing = kind == Kind.PREFIX && place.equals("/");
        FormattedText text = isNothing ? null : isFormat ? format(place) : FormattedText.constant(place);
        return new RedirectReply(kind, text, code, options, cookie);
    }
}
