package dev.weir.sample.convert;

import dev.weir.protocol.MqttPackets;
import java.nio.file.Path;
import java.util.ArrayList;
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

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldGiveTheSameValues(@TempDir Path folder) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        List<String> expressions = expressions(new Random(seed));
        ValuesAsHaproxy.compare(folder, expressions);
    }

    private static List<String> expressions(Random random) {
        List<String> expressions = new ArrayList<>();
        for (byte[] packet : MqttPackets.good()) {
            String source = ValuesAsHaproxy.source(packet);
            expressions.add(source + ",mqtt_is_valid");
            CONNECT.forEach(field -> expressions.add(source + ",mqtt_field_value(connect," + field + "),hex"));
            CONNACK.forEach(field -> expressions.add(source + ",mqtt_field_value(2," + field + "),hex"));
        }
        for (int i = 0; i < MUTANTS; i++) {
            String source = ValuesAsHaproxy.source(MqttPackets.mutant(random));
            expressions.add(source + ",mqtt_is_valid");
            expressions.add(source + ",mqtt_field_value(CONNECT,client_identifier),hex");
            expressions.add(source + ",mqtt_field_value(1," + CONNECT.get(random.nextInt(CONNECT.size())) + "),hex");
            expressions.add(source + ",mqtt_field_value(2," + CONNACK.get(random.nextInt(CONNACK.size())) + "),hex");
        }
        return expressions;
    }
}
