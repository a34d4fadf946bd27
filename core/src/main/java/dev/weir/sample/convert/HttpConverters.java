package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.STRING;

import dev.weir.protocol.http.FieldName;
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

    /** Of equally liked ones, the one that stands first in the value. Only what stands before a hyphen counts. */
    private static boolean language(Stream stream, Arguments args, Sample sample) {
        byte[][] languages = args.compiled(byte[][].class);
        byte[] best = args.has(1) ? args.bytes(1) : null;
        int bestQuality = 0;
        DirectBuffer bytes = sample.bytes();
        int end = sample.length();
        for (int at = 0; at < end; ) {
            int comma = indexOf(bytes, at, end, ',');
            byte[] found = languageAt(languages, bytes, at, comma);
            int quality = found == null ? 0 : quality(bytes, at, comma);
            if (quality > bestQuality) {
                best = found;
                bestQuality = quality;
            }
            at = comma + 1;
        }
        return best != null && sample.string(best);
    }

    private static int indexOf(DirectBuffer bytes, int from, int end, char wanted) {
        int at = from;
        while (at < end && bytes.getByte(at) != wanted) {
            at++;
        }
        return at;
    }

    private static byte[] languageAt(byte[][] languages, DirectBuffer bytes, int from, int end) {
        int start = from;
        while (start < end && bytes.getByte(start) == ' ') {
            start++;
        }
        int behind = start;
        while (behind < end && "-; \t".indexOf(bytes.getByte(behind)) < 0) {
            behind++;
        }
        for (byte[] language : languages) {
            if (language.length == behind - start && isSame(language, bytes, start)) {
                return language;
            }
        }
        return null;
    }

    private static boolean isSame(byte[] language, DirectBuffer bytes, int start) {
        for (int i = 0; i < language.length; i++) {
            if (FieldName.lower(language[i]) != FieldName.lower(bytes.getByte(start + i))) {
                return false;
            }
        }
        return true;
    }

    /** {@code ;q=0.5} in thousandths, all of them without it. */
    private static int quality(DirectBuffer bytes, int from, int end) {
        int at = indexOf(bytes, from, end, '=');
        if (at == end) {
            return QUALITY_MAX;
        }
        int quality = 0;
        int scale = QUALITY_MAX;
        for (int i = at + 1; i < end && scale > 0; i++) {
            int digit = bytes.getByte(i) - '0';
            if (digit >= 0 && digit <= 9) {
                quality += digit * scale;
                scale /= 10;
            }
        }
        return Math.min(quality, QUALITY_MAX);
    }
}
