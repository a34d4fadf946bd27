package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.Arguments;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.Sample;
import dev.weir.stream.CapturePlan;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Values of HTTP fields, and keeping values for logs. */
final class HttpConverters implements ConverterFamily {
    private static final int QUALITY_MAX = 1000;

    @Override
    public void describe(ConverterTable table) {
        table.add(
                "language",
                STRING,
                STRING,
                "str,[str]",
                "of languages divided by semicolons, the one that an Accept-Language value likes best",
                HttpConverters::checkLanguages,
                HttpConverters::language);
        table.add(
                "capture-req",
                STRING,
                STRING,
                "sint",
                "keeps the value in a request capture, and passes it on",
                (stream, args, sample) -> capture(stream, args.number(0), true, sample));
        table.add(
                "capture-res",
                STRING,
                STRING,
                "sint",
                "keeps the value in a response capture, and passes it on",
                (stream, args, sample) -> capture(stream, args.number(0), false, sample));
    }

    private static boolean capture(Stream stream, long slot, boolean ofRequest, Sample sample) {
        CapturePlan plan = stream.frontend().capturePlan();
        if (slot < 0 || slot >= (ofRequest ? plan.requestSlotCount() : plan.responseSlotCount())) {
            return false;
        }
        int number = (int) slot;
        var captures = ofRequest ? stream.requestCaptures() : stream.responseCaptures();
        int bytesMax = ofRequest ? plan.requestBytesMax(number) : plan.responseBytesMax(number);
        captures.set(number, sample.bytes(), 0, sample.length(), bytesMax);
        return true;
    }

    private static void checkLanguages(Arguments args, ParseContext context) {
        String[] words = args.text(0).split(";");
        byte[][] languages = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            languages[i] = words[i].getBytes(StandardCharsets.UTF_8);
        }
        args.compiled(languages);
    }

    /** Of equally liked ones, the one that stands first in the value. */
    private static boolean language(Stream stream, Arguments args, Sample sample) {
        byte[][] languages = args.compiled(byte[][].class);
        byte[] best = args.has(1) ? args.bytes(1) : null;
        int bestQuality = 0;
        DirectBuffer bytes = sample.bytes();
        int end = sample.length();
        for (int at = 0; at < end; ) {
            int comma = at;
            while (comma < end && bytes.getByte(comma) != ',') {
                comma++;
            }
            int start = skipBlanks(bytes, at, comma);
            int behind = start;
            while (behind < comma && bytes.getByte(behind) != ';' && !isBlank(bytes.getByte(behind))) {
                behind++;
            }
            byte[] found = languageAt(languages, bytes, start, behind);
            int quality = found == null ? 0 : quality(bytes, behind, comma);
            if (quality > bestQuality) {
                best = found;
                bestQuality = quality;
            }
            at = comma + 1;
        }
        return best != null && sample.string(best);
    }

    private static boolean isBlank(int octet) {
        return octet == ' ' || octet == '\t';
    }

    private static int skipBlanks(DirectBuffer bytes, int from, int end) {
        int at = from;
        while (at < end && isBlank(bytes.getByte(at))) {
            at++;
        }
        return at;
    }

    /** The first one that the range is or, in front of a hyphen, begins with. */
    private static byte[] languageAt(byte[][] languages, DirectBuffer bytes, int from, int end) {
        for (byte[] language : languages) {
            int behind = from + language.length;
            boolean fits = behind == end || behind < end && bytes.getByte(behind) == '-';
            if (fits && isSame(language, bytes, from)) {
                return language;
            }
        }
        return null;
    }

    private static boolean isSame(byte[] language, DirectBuffer bytes, int start) {
        for (int i = 0; i < language.length; i++) {
            if (language[i] != bytes.getByte(start + i)) {
                return false;
            }
        }
        return true;
    }

    /** {@code ;q=0.5} in thousandths, all of them without it; 0 if something else stands there. */
    private static int quality(DirectBuffer bytes, int from, int end) {
        int at = skipBlanks(bytes, from, end);
        if (at < end && bytes.getByte(at) != ';') {
            return 0;
        }
        at = skipBlanks(bytes, at + 1, end);
        boolean isGiven = at + 2 < end && bytes.getByte(at) == 'q' && bytes.getByte(at + 1) == '=';
        int whole = isGiven ? digit(bytes, at + 2, end) : -1;
        if (whole < 0) {
            return QUALITY_MAX;
        }
        int quality = whole * QUALITY_MAX;
        if (at + 3 < end && bytes.getByte(at + 3) == '.') {
            int scale = QUALITY_MAX / 10;
            for (int i = at + 4; scale > 0 && digit(bytes, i, end) >= 0; i++) {
                quality += digit(bytes, i, end) * scale;
                scale /= 10;
            }
        }
        return Math.min(quality, QUALITY_MAX);
    }

    private static int digit(DirectBuffer bytes, int at, int end) {
        int digit = at < end ? bytes.getByte(at) - '0' : -1;
        return digit >= 0 && digit <= 9 ? digit : -1;
    }
}
