package dev.weir.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MqttPacketTest {
    private static final int ROUNDS = 100_000;

    @Test
    void shouldFindFields() {
        byte[] connect = MqttPackets.good().get(4);

        assertThat(text(connect, MqttField.CLIENT_IDENTIFIER)).isEqualTo("five");
        assertThat(text(connect, MqttField.PASSWORD)).isEqualTo("secret");
        assertThat(number(connect, MqttField.RECEIVE_MAXIMUM)).isEqualTo(20);
        assertThat(number(connect, MqttField.MAXIMUM_PACKET_SIZE)).isEqualTo(65_536);
        assertThat(number(MqttPackets.good().get(3), MqttField.MAXIMUM_PACKET_SIZE))
                .isZero();
    }

    @Test
    void shouldWaitForWhatIsNotThereYet() {
        for (byte[] packet : MqttPackets.good()) {
            for (int length = 2; length < packet.length; length++) {
                var cut = new UnsafeBuffer(packet, 0, length);
                assertThat(new MqttPacket(cut, null).read()).isEqualTo(Validity.INCOMPLETE);
            }
            assertThat(new MqttPacket(new UnsafeBuffer(packet), null).read()).isEqualTo(Validity.VALID);
        }
    }

    /** The bytes lie in the middle of others: a read outside of them fails by the buffer's own check. */
    @Test
    void shouldReadAnyBytesAndNoneBeyond() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        MqttField[] fields = MqttField.values();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = random.nextInt(4) == 0 ? random(random) : MqttPackets.mutant(random);
            byte[] surrounded = new byte[bytes.length + 16];
            System.arraycopy(bytes, 0, surrounded, 8, bytes.length);
            var view = new UnsafeBuffer(surrounded, 8, bytes.length);

            MqttPacket packet = new MqttPacket(view, fields[random.nextInt(fields.length)]);
            packet.read();

            assertThat(packet.textOffset() + packet.textLength()).isBetween(0, bytes.length);
        }
    }

    private static byte[] random(Random random) {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        if (bytes.length > 1 && random.nextBoolean()) {
            bytes[0] = (byte) (random.nextBoolean() ? 0x10 : 0x20);
            bytes[1] = (byte) (bytes.length - 2);
        }
        return bytes;
    }

    private static String text(byte[] bytes, MqttField field) {
        MqttPacket packet = new MqttPacket(new UnsafeBuffer(bytes), field);
        assertThat(packet.read()).isEqualTo(Validity.VALID);
        return new String(bytes, packet.textOffset(), packet.textLength(), StandardCharsets.US_ASCII);
    }

    private static long number(byte[] bytes, MqttField field) {
        MqttPacket packet = new MqttPacket(new UnsafeBuffer(bytes), field);
        assertThat(packet.read()).isEqualTo(Validity.VALID);
        return packet.number();
    }
}
