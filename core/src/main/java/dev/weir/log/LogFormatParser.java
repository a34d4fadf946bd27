package dev.weir.log;

import dev.weir.log.LogFormat.Use;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.Fetch;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.SampleType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Parses log formats, and all other texts with {@code %} items in them. Stateless; any thread. */
public final class LogFormatParser {
    private final ExpressionParser expressions;

    public LogFormatParser(ExpressionParser expressions) {
        this.expressions = expressions;
    }

    /** A format whose runs of blanks become one: {@code log-format}, {@code log-format-sd}. */
    public LogFormat parse(String text, ParseContext context) throws ParseProblem {
        return new Run(text, context, Use.LOG).parse();
    }

    /** A format that keeps its blanks, such as a dynamic backend name. */
    public LogFormat parseVerbatim(String text, ParseContext context) throws ParseProblem {
        return new Run(text, context, Use.TEXT).parse();
    }

    /** For {@code unique-id-format}: blanks as in a log line, but nothing where something is missing. */
    public LogFormat parseForId(String text, ParseContext context) throws ParseProblem {
        return new Run(text, context, Use.ID).parse();
    }

    /** As {@link #parseVerbatim}, for what goes into the head of a message. */
    public LogFormat parseForHead(String text, ParseContext context) throws ParseProblem {
        return new Run(text, context, Use.HEAD).parse();
    }

    private final class Run {
        private final String text;
        private final ParseContext context;
        private final Use use;
        private final List<LogItem> items = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();
        private FormatFlags common = FormatFlags.NONE;
        private int at;

        Run(String text, ParseContext context, Use use) {
            this.text = text;
            this.context = context;
            this.use = use;
        }

        LogFormat parse() throws ParseProblem {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '%') {
                    percent();
                } else if (c == ' ' && (use == Use.LOG || use == Use.ID)) {
                    separator();
                } else {
                    literal.append(c);
                    at++;
                }
            }
            flush();
            items.replaceAll(item -> item.within(common));
            return new LogFormat(text, use, items.toArray(new LogItem[0]), common);
        }

        private void separator() {
            flush();
            items.add(new LogItem.Separator());
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }

        private void flush() {
            if (!literal.isEmpty()) {
                items.add(new LogItem.Text(literal.toString().getBytes(StandardCharsets.UTF_8)));
                literal.setLength(0);
            }
        }

        private void percent() throws ParseProblem {
            at++;
            if (at == text.length()) {
                throw new ParseProblem("truncated line after '%'.");
            }
            if (text.charAt(at) == '%') {
                literal.append('%');
                at++;
                return;
            }
            flush();
            String label = text.charAt(at) == '(' ? enclosed(')') : "";
            String flags = at < text.length() && text.charAt(at) == '{' ? enclosed('}') : "";
            item(label, flags);
        }

        /** What stands between the character here and the next such one. */
        private String enclosed(char close) throws ParseProblem {
            int end = text.indexOf(close, at);
            if (end < 0) {
                throw new ParseProblem("missing '%s' after '%s'", close, text.substring(at));
            }
            String inner = text.substring(at + 1, end);
            at = end + 1;
            return inner;
        }

        private void item(String label, String flags) throws ParseProblem {
            int colon = label.indexOf(':');
            String name = colon < 0 ? label : label.substring(0, colon);
            SampleType type = colon < 0 ? null : typeOf(label.substring(colon + 1));
            byte[] key = name.isEmpty() ? null : name.getBytes(StandardCharsets.UTF_8);
            if (at < text.length() && text.charAt(at) == '[') {
                expression(key, type, with(flags));
            } else {
                alias(key, type, flags);
            }
        }

        private SampleType typeOf(String text) throws ParseProblem {
            return switch (text) {
                case "str" -> SampleType.STRING;
                case "sint" -> SampleType.INTEGER;
                case "bool" -> SampleType.BOOLEAN;
                default -> throw new ParseProblem("unexpected type '%s', expects 'str', 'sint' or 'bool'", text);
            };
        }

        private void expression(byte[] name, SampleType type, FormatFlags flags) throws ParseProblem {
            int start = at + 1;
            ExpressionParser.Embedded parsed;
            try {
                parsed = expressions.parseEmbedded(text, start, context, Hook.ANYWHERE);
            } catch (ParseProblem problem) {
                throw new ParseProblem(
                        "%s",
                        "failed to parse sample expression <" + text.substring(start) + "> : " + problem.getMessage());
            }
            if (parsed.end() >= text.length() || text.charAt(parsed.end()) != ']') {
                throw new ParseProblem("missing ']' after '%s'.", text.substring(start, parsed.end()));
            }
            at = parsed.end() + 1;
            requireAvailable(parsed.expression().fetch());
            items.add(new LogItem.Value(parsed.expression(), flags, name, type));
        }

        /** The common flags and those. What goes into a head knows no encoding. */
        private FormatFlags with(String flags) throws ParseProblem {
            FormatFlags all = common.with(flags);
            return use == Use.HEAD ? all.withoutEncoding() : all;
        }

        private void requireAvailable(Fetch fetch) throws ParseProblem {
            if (!fetch.availability().at(context.hook(), context)) {
                throw new ParseProblem(
                        "sample fetch <%s> may not be reliably used here because it needs '%s' which is not available here",
                        fetch.name(), fetch.availability().source());
            }
        }

        private void alias(byte[] name, SampleType type, String flags) throws ParseProblem {
            int start = at;
            while (at < text.length() && text.charAt(at) < 128 && Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
            String word = text.substring(start, at);
            if (word.equals("o")) {
                common = with(flags);
                return;
            }
            if (word.isEmpty()) {
                throw new ParseProblem("parse argument modifier without alias name near '%s'.", "%{" + flags + "}");
            }
            LogAlias alias = LogAlias.of(word);
            if (alias == null) {
                throw unknown(word);
            }
            if (alias.showsRequestLine()) {
                context.wantRequestLine();
            }
            items.add(new LogItem.Alias(alias, with(flags), name, type));
        }

        private ParseProblem unknown(String word) {
            return new ParseProblem(
                    "no such format alias '%s'. If you wanted to emit the '%%' character verbatim, you need to use"
                            + " '%%%%'.",
                    word);
        }
    }
}
