package dev.weir.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns {@code fetch(args),converter(args),...} into an {@link Expression}. Every mistake that can be seen without a value is
 * reported here. Stateless beside the tables; any thread.
 */
public final class ExpressionParser {
    private final SampleNames names;

    public ExpressionParser(SampleNames names) {
        this.names = names;
    }

    /** Parses one word, which must be an expression as a whole. */
    public Expression parse(String text, ParseContext context) throws ParseProblem {
        Run run = new Run(text, 0, context, context.hook(), null);
        Expression expression = run.expression();
        if (run.position < text.length()) {
            throw run.trailing();
        }
        return expression;
    }

    /** Parses an expression that may go on in the next words, as long as they are names of converters. */
    public Expression parse(Words words, ParseContext context) throws ParseProblem {
        return parse(words, context, context.hook());
    }

    /** As above, for an expression that is evaluated somewhere else than the context says. */
    public Expression parse(Words words, ParseContext context, Hook hook) throws ParseProblem {
        if (!words.hasNext()) {
            throw new ParseProblem("missing fetch method");
        }
        Run run = new Run(words.next(), 0, context, hook, words);
        Expression expression = run.expression();
        if (run.position < run.text.length()) {
            throw run.trailing();
        }
        return expression;
    }

    /** Parses an expression inside a longer text, for an evaluation at {@code hook}, and says where it ends. */
    public Embedded parseEmbedded(String text, int start, ParseContext context, Hook hook) throws ParseProblem {
        Run run = new Run(text, start, context, hook, null);
        Expression expression = run.expression();
        return new Embedded(expression, run.position);
    }

    /** Whether the word starts with the name of a fetch. */
    public boolean startsWithFetch(String word) {
        return names.fetches().get(word.substring(0, nameEnd(word, 0))) != null;
    }

    private static int nameEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isNameCharacter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isNameCharacter(char c) {
        return c < 128 && Character.isLetterOrDigit(c) || c == '.' || c == ':' || c == '_' || c == '-' || c == '+';
    }

    /** @param end where the text behind the expression starts */
    public record Embedded(Expression expression, int end) {}

    private final class Run {
        private final ParseContext context;
        private final Hook hook;
        private final Words words;
        private final List<Expression.Step> steps = new ArrayList<>();
        private final StringBuilder written = new StringBuilder();
        private String text;
        private int position;
        private SampleType type;

        Run(String text, int start, ParseContext context, Hook hook, Words words) {
            this.text = text;
            this.position = start;
            this.context = context;
            this.hook = hook;
            this.words = words;
        }

        Expression expression() throws ParseProblem {
            int start = position;
            String name = name();
            Fetch fetch = fetchOf(name);
            Arguments arguments = arguments(fetch.arguments(), fetch.check(), "fetch method '" + name + "'");
            type = fetch.type();
            written.append(text, start, position);
            converters();
            return new Expression(written.toString(), fetch, arguments, steps.toArray(new Expression.Step[0]), type);
        }

        private String name() {
            int end = nameEnd(text, position);
            String name = text.substring(position, end);
            position = end;
            return name;
        }

        private Fetch fetchOf(String name) throws ParseProblem {
            Fetch fetch = names.fetches().get(name);
            if (fetch == null) {
                throw name.isEmpty() ? new ParseProblem("missing fetch method") : names.unknownFetch(name);
            }
            if (!fetch.availability().at(hook, context)) {
                throw new ParseProblem(
                        "fetch method '%s' extracts information from '%s', none of which is available here",
                        name, fetch.availability().source());
            }
            return fetch;
        }

        private Arguments arguments(String declared, ArgumentCheck check, String owner) throws ParseProblem {
            List<String> texts = null;
            try {
                if (position < text.length() && text.charAt(position) == '(') {
                    ArgumentParser.Split split = ArgumentParser.split(text, position + 1);
                    texts = split.arguments();
                    position = split.end();
                }
                Arguments arguments = new ArgumentParser(new ArgumentSpec(declared), context).parse(texts);
                check.check(arguments, context);
                return arguments;
            } catch (ParseProblem problem) {
                throw new ParseProblem("%s", "invalid args in " + owner + " : " + problem.getMessage());
            }
        }

        private void converters() throws ParseProblem {
            while (true) {
                if (position < text.length() && text.charAt(position) == ',') {
                    position++;
                    if (position < text.length()) {
                        converter();
                        continue;
                    }
                }
                if (position < text.length() || !nextWordIsConverter()) {
                    return;
                }
                text = words.next();
                position = 0;
                converter();
            }
        }

        private boolean nextWordIsConverter() {
            if (words == null || !words.hasNext()) {
                return false;
            }
            String word = words.peek();
            int end = nameEnd(word, 0);
            boolean isWhole = end == word.length() || word.charAt(end) == '(' || word.charAt(end) == ',';
            return isWhole && names.converters().get(word.substring(0, end)) != null;
        }

        private void converter() throws ParseProblem {
            int start = position;
            String name = name();
            Converter converter = names.converters().get(name);
            if (converter == null) {
                throw names.unknownConverter(name.isEmpty() ? text.substring(start) : name);
            }
            if (!Casts.isPossible(type, converter.input())) {
                throw new ParseProblem(
                        "converter '%s' cannot be applied: it takes type '%s', what stands before gives '%s'",
                        name, converter.input().text(), type.text());
            }
            Arguments arguments = arguments(converter.arguments(), converter.check(), "converter '" + name + "'");
            steps.add(new Expression.Step(converter.input(), converter.function(), arguments));
            type = converter.output() == SampleType.SAME ? type : converter.output();
            written.append(',').append(text, start, position);
        }

        ParseProblem trailing() {
            return new ParseProblem("missing comma after '%s': got '%s'", written, text.substring(position));
        }
    }
}
