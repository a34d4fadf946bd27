package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.BINARY;

import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Casts;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.stream.Stream;
import dev.weir.stream.VariableName;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Cryptographic digests. They allocate: the JDK's digests are made for each use, so that loops share nothing. */
final class DigestConverters implements ConverterFamily {
    @Override
    public void describe(ConverterTable table) {
        table.add("sha1", BINARY, BINARY, "SHA-1", (stream, args, sample) -> digest("SHA-1", sample));
        table.add(
                "sha2",
                BINARY,
                BINARY,
                "[sint]",
                "SHA-2 of 224, 256, 384 or 512 bits",
                DigestConverters::checkBits,
                (stream, args, sample) -> digest(args.compiled(String.class), sample));
        table.add(
                "digest",
                BINARY,
                BINARY,
                "str",
                "a digest by its OpenSSL name",
                (args, context) -> args.compiled(digestName(args.text(0))),
                (stream, args, sample) -> digest(args.compiled(String.class), sample));
        table.add(
                "hmac",
                BINARY,
                BINARY,
                "str,str",
                "a message authentication code; the key is base64, or a variable that holds base64",
                DigestConverters::checkMac,
                (stream, args, sample) -> args.compiled(MacPlan.class).apply(stream, sample));
    }

    private static void checkBits(Arguments args, ParseContext context) throws ParseProblem {
        long bits = args.number(0, 256);
        if (bits != 224 && bits != 256 && bits != 384 && bits != 512) {
            throw new ParseProblem("Unsupported number of bits: '%d'", bits);
        }
        args.compiled("SHA-" + bits);
    }

    /** OpenSSL says sha256, the JDK SHA-256. */
    private static String digestName(String name) throws ParseProblem {
        String upper = name.toUpperCase(Locale.ROOT);
        String jdk = upper.matches("SHA[0-9].*") ? "SHA-" + upper.substring(3).replace('-', '/') : upper;
        jdk = jdk.startsWith("SHA-3/") ? "SHA3-" + jdk.substring(6) : jdk;
        try {
            MessageDigest.getInstance(jdk);
            return jdk;
        } catch (NoSuchAlgorithmException e) {
            throw new ParseProblem("Algorithm '%s' is not supported", name);
        }
    }

    private static boolean digest(String name, Sample sample) {
        try {
            MessageDigest digest = MessageDigest.getInstance(name);
            ByteWriter out = sample.writer().put(sample.bytes(), 0, sample.length());
            digest.update(out.array(), 0, out.length());
            return sample.binary(out.clear().put(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("checked when the configuration was read", e);
        }
    }

    private static void checkMac(Arguments args, ParseContext context) throws ParseProblem {
        String jdk = digestName(args.text(0));
        String name = "Hmac" + jdk.replace("-", "");
        try {
            Mac.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new ParseProblem("Algorithm '%s' is not supported for hmac", args.text(0));
        }
        args.compiled(new MacPlan(name, constantKey(args.text(1)), variable(args.text(1), context)));
    }

    /** Null if the text is no base64 and must be a variable's name. */
    private static byte[] constantKey(String text) {
        try {
            return text.indexOf('.') >= 0 ? null : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static VariableName variable(String text, ParseContext context) throws ParseProblem {
        if (constantKey(text) != null) {
            return null;
        }
        try {
            return context.variables().resolve(text);
        } catch (IllegalArgumentException e) {
            throw new ParseProblem("failed to parse key: '%s' is neither base64 nor a variable", text);
        }
    }

    /** The JDK takes no empty key; keys are filled up with zeros, so this one is the same. */
    private static final byte[] EMPTY_KEY = {0};

    private record MacPlan(String algorithm, byte[] key, VariableName variable) {
        boolean apply(Stream stream, Sample sample) {
            byte[] secret = key != null ? key : keyFrom(stream, sample);
            if (secret == null) {
                return false;
            }
            try {
                Mac mac = Mac.getInstance(algorithm);
                mac.init(new SecretKeySpec(secret.length == 0 ? EMPTY_KEY : secret, algorithm));
                ByteWriter out = sample.writer().put(sample.bytes(), 0, sample.length());
                mac.update(out.array(), 0, out.length());
                return sample.binary(out.clear().put(mac.doFinal()));
            } catch (NoSuchAlgorithmException | InvalidKeyException e) {
                throw new AssertionError("checked when the configuration was read", e);
            }
        }

        private byte[] keyFrom(Stream stream, Sample sample) {
            Sample text = sample.scratch().take();
            boolean isText = text.variable(stream.variables().get(variable)) && Casts.cast(text, SampleType.STRING);
            byte[] secret = isText ? constantKey(text.bytes().getStringWithoutLengthAscii(0, text.length())) : null;
            sample.scratch().release(text);
            return secret;
        }
    }
}
