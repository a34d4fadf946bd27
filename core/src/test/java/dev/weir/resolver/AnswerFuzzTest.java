package dev.weir.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.resolver.Answer.Outcome;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Whatever a name server sends, reading it ends with an answer. */
class AnswerFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final Question ADDRESSES = new Question(Question.nameOf("a.test"), Type.A);
    private static final Question SERVICES = new Question(Question.nameOf("_s._tcp.test"), Type.SRV);

    private static byte[] answer(Question question) {
        Message message = new Message(7);
        message.getHeader().setFlag(Flags.QR);
        message.addRecord(
                org.xbill.DNS.Record.newRecord(question.name(), question.type(), org.xbill.DNS.DClass.IN),
                Section.QUESTION);
        if (question.isForServices()) {
            message.addRecord(ResolverScene.record("_s._tcp.test. SRV 1 5 80 n.test."), Section.ANSWER);
            message.addRecord(ResolverScene.record("_s._tcp.test. SRV 1 5 81 n.test."), Section.ANSWER);
            message.addRecord(ResolverScene.record("n.test. A 10.0.0.1"), Section.ADDITIONAL);
        } else {
            message.addRecord(ResolverScene.record("a.test. CNAME b.test."), Section.ANSWER);
            message.addRecord(ResolverScene.record("b.test. A 10.0.0.1"), Section.ANSWER);
            message.addRecord(ResolverScene.record("b.test. A 10.0.0.2"), Section.ANSWER);
        }
        return message.toWire();
    }

    @Test
    void shouldReadWhatIsWhole() {
        assertThat(AnswerReader.read(answer(ADDRESSES), ADDRESSES).addresses()).hasSize(2);
        assertThat(AnswerReader.read(answer(SERVICES), SERVICES).services()).hasSize(2);
        assertThat(AnswerReader.read(answer(SERVICES), SERVICES).additional()).hasSize(1);
    }

    @Test
    void shouldFindEveryTornAnswerInvalid() {
        for (Question question : new Question[] {ADDRESSES, SERVICES}) {
            byte[] whole = answer(question);
            for (int length = 0; length < whole.length; length++) {
                Answer answer = AnswerReader.read(Arrays.copyOf(whole, length), question);
                assertThat(answer.outcome()).as("first %d bytes", length).isEqualTo(Outcome.INVALID);
            }
        }
    }

    @Test
    void shouldFindCountsThatLieInvalid() {
        byte[] lying = answer(ADDRESSES);
        lying[6] = (byte) 0xFF; // 65,283 answers

        assertThat(AnswerReader.read(lying, ADDRESSES).outcome()).isEqualTo(Outcome.INVALID);
    }

    @Test
    void shouldNotFollowACompressionPointerToItself() {
        byte[] looping = answer(ADDRESSES);
        int firstAnswer = 12 + ADDRESSES.name().length() + 4;
        looping[firstAnswer] = (byte) 0xC0;
        looping[firstAnswer + 1] = (byte) firstAnswer;

        assertThat(AnswerReader.read(looping, ADDRESSES).outcome()).isEqualTo(Outcome.INVALID);
    }

    @Test
    void shouldEndWithAnAnswerForAnyBytes() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Question question = random.nextBoolean() ? ADDRESSES : SERVICES;
            byte[] bytes = random.nextInt(4) == 0 ? new byte[random.nextInt(600)] : answer(question);
            boolean isNoise = bytes.length == 0 || random.nextInt(4) == 0;
            if (isNoise) {
                random.nextBytes(bytes);
            }
            for (int changes = random.nextInt(6); changes > 0 && bytes.length > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }

            Answer answer = AnswerReader.read(bytes, question);

            boolean isEmpty = answer.addresses().isEmpty() && answer.services().isEmpty();
            assertThat(answer.outcome() == Outcome.VALID).as("seed %d", seed).isNotEqualTo(isEmpty);
        }
    }
}
