package dev.weir.server.check.script;

import dev.weir.rule.FormattedText;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;

/** Reads what stands behind {@code http-check send}, and the request of {@code option httpchk}. Used once. */
final class HttpSendParser {
    private static final int OPTION_WORDS_MAX = 4;

    private final CheckTools tools;
    private final HttpRequest request = new HttpRequest();
    private String comment;

    /** Null if none was named. */
    private String host;

    HttpSendParser(CheckTools tools) {
        this.tools = tools;
    }

    String comment() {
        return comment;
    }

    HttpRequest parse(Words words) throws ParseProblem {
        while (words.hasNext()) {
            option(words.next(), words);
        }
        return request;
    }

    private void option(String option, Words words) throws ParseProblem {
        switch (option) {
            case "comment" -> comment = StepParser.argument(option, "a string", words);
            case "meth" -> request.method = StepParser.argument(option, "a string", words);
            case "ver" -> request.version = StepParser.argument(option, "a string", words);
            case "uri" -> request.uri = constant(StepParser.argument(option, "a string", words));
            case "uri-lf" -> request.uri = tools.format(StepParser.argument(option, "a string", words));
            case "body" -> request.body = constant(StepParser.argument(option, "a string", words));
            case "body-lf" -> request.body = tools.format(StepParser.argument(option, "a string", words));
            case "hdr" -> field(words);
            default ->
                throw new ParseProblem(
                        "expects 'comment', 'meth', 'uri', 'uri-lf', 'ver', 'hdr', 'body' or 'body-lf' but got '%s' as"
                                + " argument",
                        option);
        }
    }

    private void field(Words words) throws ParseProblem {
        String name = words.next();
        if (!words.hasNext()) {
            throw new ParseProblem("'hdr' expects <name> and <value> as arguments");
        }
        String value = words.next();
        if (name.equalsIgnoreCase("host")) {
            if (host != null) {
                throw new ParseProblem("'host' header already defined (previous value is '%s').", host);
            }
            host = value;
        }
        request.fields.add(new HttpRequest.Field(name, tools.format(value)));
    }

    private static FormattedText constant(String text) {
        return FormattedText.constant(ByteStrings.bytes(text));
    }

    /** {@code option httpchk [<method>] [<uri> [<version> [<host>]]]}. */
    HttpRequest parseOption(Words words) throws ParseProblem {
        var arguments = words.rest();
        if (arguments.size() > OPTION_WORDS_MAX) {
            throw new ParseProblem("cannot handle unexpected argument '%s'", arguments.get(OPTION_WORDS_MAX));
        }
        if (arguments.size() == 1) {
            request.uri = constant(arguments.getFirst());
        } else if (arguments.size() > 1) {
            request.method = arguments.get(0);
            request.uri = constant(arguments.get(1));
        }
        if (arguments.size() > 2) {
            version(arguments.get(2));
        }
        if (arguments.size() == OPTION_WORDS_MAX) {
            request.fields.add(new HttpRequest.Field("host", tools.format(arguments.get(3))));
        }
        return request;
    }

    private void version(String text) throws ParseProblem {
        if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
            throw new ParseProblem(
                    "hiding headers or body at the end of the version string is unsupported. Use 'http-check"
                            + " send' directive instead");
        }
        request.version = text;
    }
}
