package dev.weir.sample.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.log.LineWriter;
import dev.weir.log.LogFormatParser;
import dev.weir.protocol.MqttPackets;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.HaproxyProbe;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.SampleNames;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same MQTT packets here and in HAProxy: every field of good ones, and what both make of broken ones. */
class MqttAsHaproxyTest {
    private static final List<String> CONNECT = List.of(
            ("flags protocol_name Protocol_Version client_identifier will_topic will_payload username password keepalive"
                            + " 17 33 39 34 25 23 21 22 24 1 2 3 8 9 38")
                    .split(" "));
    private static final List<String> CONNACK =
            List.of("flags protocol_version reason_code 17 33 36 37 39 18 34 31 40 41 42 19 26 28 21 22 38".split(" "));
    private static final int MUTANTS = 300;

    private final TestContext context = new TestContext();

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldGiveTheSameValues(@TempDir Path folder) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        List<String> expressions = expressions(new Random(seed));
        String program = HaproxyProbe.program();

        List<String> expected = HaproxyProbe.ask(program, folder, List.of(), expressions);

        List<String> theirs = new ArrayList<>();
        List<String> ours = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            theirs.add(expressions.get(i) + " => " + expected.get(i));
            ours.add(expressions.get(i) + " => " + value(expressions.get(i)));
        }
        assertThat(ours).containsExactlyElementsOf(theirs);
    }

    private static List<String> expressions(Random random) {
        List<String> expressions = new ArrayList<>();
        for (byte[] packet : MqttPackets.good()) {
            String source = source(packet);
            expressions.add(source + ",mqtt_is_valid");
            CONNECT.forEach(field -> expressions.add(source + ",mqtt_field_value(connect," + field + "),hex"));
            CONNACK.forEach(field -> expressions.add(source + ",mqtt_field_value(2," + field + "),hex"));
        }
        for (int i = 0; i < MUTANTS; i++) {
            String source = source(MqttPackets.mutant(random));
            expressions.add(source + ",mqtt_is_valid");
            expressions.add(source + ",mqtt_field_value(CONNECT,client_identifier),hex");
            expressions.add(source + ",mqtt_field_value(1," + CONNECT.get(random.nextInt(CONNECT.size())) + "),hex");
            expressions.add(source + ",mqtt_field_value(2," + CONNACK.get(random.nextInt(CONNACK.size())) + "),hex");
        }
        return expressions;
    }

    private static String source(byte[] packet) {
        return "bin(" + HexFormat.of().formatHex(packet) + ")";
    }

    private String value(String expression) throws ParseProblem {
        context.hook = Hook.LOG;
        ByteWriter out = new ByteWriter(64, 65_535);
        new LogFormatParser(new ExpressionParser(SampleNames.standard()))
                .parse("%[" + expression + "]", context)
                .write(context.process.stream(), new LineWriter(new Scratch(1)), out);
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }
}
