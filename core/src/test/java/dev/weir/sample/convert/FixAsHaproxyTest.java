package dev.weir.sample.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same FIX messages here and in HAProxy: every version, every length, and what both make of broken ones. */
class FixAsHaproxyTest {
    private static final List<String> TAGS = List.of(
            "8 9 35 49 56 10 34 52 98 108 1 0008 4294967344 BeginString bodylength MsgType SENDERCOMPID TargetCompID CheckSum"
                    .split(" "));
    private static final List<String> VERSIONS =
            List.of("FIX.4.0 FIX.4.1 FIX.4.2 FIX.4.3 FIX.4.4 FIXT.1.1 FIX.5.0 FIX.3.9 fix.4.2 FIX.4.2x".split(" "));
    private static final int MUTANTS = 400;

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldGiveTheSameValues(@TempDir Path folder) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        List<String> expressions = expressions(new Random(seed));

        List<String> ours = ValuesAsHaproxy.compare(folder, expressions);

        assertThat(ours).anyMatch(line -> line.endsWith("fix_is_valid => 1"));
    }

    private static List<String> expressions(Random random) {
        List<String> expressions = new ArrayList<>();
        for (String version : VERSIONS) {
            byte[] message = message(version, "35=A|49=CLIENT|56=SERVER|34=1|52=20261126-12:00:00|98=0|108=30|");
            expressions.add(ValuesAsHaproxy.source(message) + ",fix_is_valid");
            TAGS.forEach(tag -> expressions.add(ValuesAsHaproxy.source(message) + ",fix_tag_value(" + tag + "),hex"));
            for (int tag :
                    new int[] {140, 141, 211, 212, 446, 447, 659, 660, 956, 957, 1621, 1622, 9999, 10_000, 20_000}) {
                expressions.add(ValuesAsHaproxy.source(message(version, "35=A|" + tag + "=x|")) + ",fix_is_valid");
            }
        }
        for (String body :
                List.of("", "35=A|", "35=|", "49=X|35=A|", "35=A|10=1|", "35=A|=x|", "35=A|x=y|", "35=A=B|", "0=x|")) {
            byte[] message = message("FIX.4.2", body);
            expressions.add(ValuesAsHaproxy.source(message) + ",fix_is_valid");
            expressions.add(ValuesAsHaproxy.source(message) + ",fix_tag_value(35),hex");
        }
        byte[] whole = message("FIX.4.2", "35=A|49=CLIENT|");
        for (int length = 1; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            expressions.add(ValuesAsHaproxy.source(part) + ",fix_is_valid");
            expressions.add(ValuesAsHaproxy.source(part) + ",fix_tag_value(49),hex");
            part[0] = '7';
            expressions.add(ValuesAsHaproxy.source(part) + ",fix_is_valid");
        }
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = message("FIX.4.4", "35=A|49=CLIENT|56=SERVER|34=1|").clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                mutant[random.nextInt(mutant.length)] =
                        (byte) "=|01958A.x\u00fe".replace('|', (char) 1).charAt(random.nextInt(11));
            }
            expressions.add(ValuesAsHaproxy.source(mutant) + ",fix_is_valid");
            expressions.add(ValuesAsHaproxy.source(mutant) + ",fix_tag_value(" + TAGS.get(random.nextInt(TAGS.size()))
                    + "),hex");
        }
        return expressions;
    }

    /** A message whose length and checksum are right; {@code |} ends a field. */
    private static byte[] message(String version, String body) {
        String start = "8=" + version + "|9=" + body.length() + "|" + body;
        byte[] bytes = start.replace('|', (char) 1).getBytes(StandardCharsets.ISO_8859_1);
        int sum = 0;
        for (byte one : bytes) {
            sum += one;
        }
        String end = "10=%03d|".formatted(sum & 0xFF);
        return (start + end).replace('|', (char) 1).getBytes(StandardCharsets.ISO_8859_1);
    }
}
