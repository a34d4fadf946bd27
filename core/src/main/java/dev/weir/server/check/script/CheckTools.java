package dev.weir.server.check.script;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.log.LogFormatParser;
import dev.weir.rule.ActionTools;
import dev.weir.rule.FormattedText;
import dev.weir.rule.RuleResources;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Expression;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.Words;
import java.nio.charset.StandardCharsets;

/**
 * What the parsers of scripts work with.
 *
 * @param context of the line
 * @param addresses reads the address of a {@code connect}
 */
public record CheckTools(
        ExpressionParser expressions,
        LogFormatParser formats,
        RuleResources resources,
        ParseContext context,
        Addresses addresses) {

    /** Reads addresses as configurations write them. */
    public interface Addresses {
        Endpoint parse(String text) throws ParseProblem;
    }

    ActionTools actions() {
        return new ActionTools(expressions, formats, context, resources);
    }

    FormattedText format(String text) throws ParseProblem {
        try {
            return FormattedText.parse(ByteStrings.unicode(text), formats, context);
        } catch (ParseProblem problem) {
            throw new ParseProblem("%s", "'" + text + "' invalid log-format string (" + problem.getMessage() + ")");
        }
    }

    InfoText info(String text) throws ParseProblem {
        FormattedText format = format(text);
        return run -> {
            ByteWriter out = new ByteWriter(64, Sample.BYTES_MAX);
            Payloads.write(format, run, out);
            return new String(out.array(), 0, out.length(), StandardCharsets.ISO_8859_1);
        };
    }

    /** An expression that is one word. */
    Expression expression(String text, String what) throws ParseProblem {
        try {
            return expressions.parse(Words.of(ByteStrings.unicode(text)), context);
        } catch (ParseProblem problem) {
            throw new ParseProblem(
                    "%s", "error detected while parsing " + what + " expression : " + problem.getMessage());
        }
    }

    static ServerCode code(Expression expression) {
        return run -> {
            CheckScene scene = run.scene();
            Sample sample = scene.scratch().take();
            boolean isPresent = expression.evaluateAs(scene.stream(), sample, SampleType.INTEGER);
            int code = isPresent ? (int) sample.low() : -1;
            scene.scratch().release(sample);
            return code;
        };
    }
}
