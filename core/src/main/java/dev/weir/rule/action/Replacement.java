package dev.weir.rule.action;

import dev.weir.rule.ActionTools;
import dev.weir.rule.FormattedText;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.sample.pattern.Regex;
import dev.weir.stream.Stream;
import org.agrona.DirectBuffer;

/**
 * A regular expression and the text that takes the place of all of a value in which it is found; {@code \0} to {@code \9} in the text
 * stand for its groups. Immutable; any loop.
 */
final class Replacement {
    private final Regex regex;
    private final FormattedText text;

    private Replacement(Regex regex, FormattedText text) {
        this.regex = regex;
        this.text = text;
    }

    static Replacement parse(String regex, String text, ActionTools tools) throws ParseProblem {
        return new Replacement(Regex.compile(regex, false), ActionWords.headFormat(text, tools));
    }

    /** Appends what takes the value's place; false if the expression is not found in it. */
    boolean apply(Stream stream, Scratch scratch, DirectBuffer value, int offset, int length, ByteWriter out) {
        if (!regex.find(value, offset, length)) {
            return false;
        }
        Sample template = scratch.take();
        if (text.evaluate(stream, template)) {
            regex.expand(value, offset, length, template.bytes(), out);
        }
        scratch.release(template);
        return true;
    }
}
