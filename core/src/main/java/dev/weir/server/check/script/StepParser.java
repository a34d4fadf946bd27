package dev.weir.server.check.script;

import dev.weir.rule.Effect;
import dev.weir.rule.action.VariableEffects;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;

/** Reads single steps. No state. */
final class StepParser {
    private StepParser() {}

    /** The next word; a problem if there is none. */
    static String argument(String option, String what, Words words) throws ParseProblem {
        if (!words.hasNext()) {
            throw new ParseProblem("'%s' expects %s as argument", option, what);
        }
        return words.next();
    }

    static SendStep send(int number, String keyword, Words words, CheckTools tools) throws ParseProblem {
        boolean isBinary = keyword.startsWith("send-binary");
        String text = argument(isBinary ? "hex" : "string", "a send", words);
        Payload payload = payload(keyword, text, tools);
        String comment = null;
        if (words.hasNext()) {
            String option = words.next();
            if (!option.equals("comment")) {
                throw new ParseProblem("expects 'comment' but got '%s' as argument", option);
            }
            comment = argument("comment", "a string", words);
        }
        return new SendStep(number, comment, payload);
    }

    private static Payload payload(String keyword, String text, CheckTools tools) throws ParseProblem {
        return switch (keyword) {
            case "send" -> Payloads.constant(ByteStrings.bytes(text));
            case "send-lf" -> Payloads.formatted(tools.format(text));
            case "send-binary" -> Payloads.constant(binary(text));
            case "send-binary-lf" -> Payloads.hexFormatted(tools.format(text));
            default -> throw new IllegalArgumentException(keyword);
        };
    }

    private static byte[] binary(String text) throws ParseProblem {
        try {
            return Hex.parse(text);
        } catch (ParseProblem problem) {
            throw new ParseProblem("'%s' %s", text, problem.getMessage());
        }
    }

    /** @param keyword with the name of the variable in parentheses */
    static VariableStep variable(int number, String keyword, Words words, CheckTools tools) throws ParseProblem {
        int parenthesis = keyword.indexOf('(');
        String action = parenthesis < 0 ? keyword : keyword.substring(0, parenthesis);
        if (parenthesis < 0) {
            throw new ParseProblem(
                    "'%s' : invalid or incomplete action '%s'. Expects 'set-var(<var-name>)', 'set-var-fmt(<var-name>)' or"
                            + " 'unset-var(<var-name>)'",
                    action, action);
        }
        Words readable =
                new Words(words.rest().stream().map(ByteStrings::unicode).toList());
        Effect effect = switch (action) {
            case "set-var" -> VariableEffects.set(keyword, readable, tools.actions());
            case "set-var-fmt" -> VariableEffects.setFormat(keyword, readable, tools.actions());
            case "unset-var" -> VariableEffects.unset(keyword, readable, tools.actions());
            default -> throw new IllegalArgumentException(keyword);
        };
        return new VariableStep(number, null, effect);
    }
}
