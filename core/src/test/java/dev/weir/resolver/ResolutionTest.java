package dev.weir.resolver;

import static dev.weir.resolver.ResolverScene.answerTo;
import static dev.weir.resolver.ResolverScene.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.resolver.Resolver.Kind;
import dev.weir.resolver.ResolverScene.Asked;
import dev.weir.resolver.ResolverScene.Taker;
import dev.weir.sample.Network;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class ResolutionTest {
    private static final AddressPreference IPV4 = new AddressPreference(true, List.of(), false);
    private static final HoldTimes HOLD = new HoldTimes(10_000, 0, 2_000, 3_000, 4_000, 5_000);

    private ResolverScene scene = new ResolverScene(ResolverScene.settings(HOLD, "n1"));
    private final Taker taker = new Taker(IPV4, "backend");

    private void link() {
        scene.resolver.link("a.test", Kind.IPV4, taker);
        scene.resolver.tick();
    }

    @Test
    void shouldAskAtOnceAndAgainAfterTimeoutResolve() {
        link();
        Asked first = scene.question();
        scene.answer(first, record("a.test. A 10.0.0.1"));

        scene.passMs(999);
        assertThat(scene.questions()).isEmpty();
        scene.passMs(1);

        assertThat(first.type()).isEqualTo("A");
        assertThat(first.message().getOPT().getPayloadSize()).isEqualTo(512);
        assertThat(scene.question().type()).isEqualTo("A");
        assertThat(taker.told).containsExactly("10.0.0.1 by r/n1");
    }

    @Test
    void shouldTakeTheFirstValidAnswerOfSeveralNameServers() {
        scene = new ResolverScene(ResolverScene.settings(HOLD, "n1", "n2", "n3"));
        link();
        List<Asked> asked = scene.questions();
        assertThat(asked).hasSize(3);

        scene.answer(asked.get(1), Rcode.NXDOMAIN);
        scene.answer(asked.get(2), record("a.test. A 10.0.0.1"));
        scene.answer(asked.get(0), record("a.test. A 10.0.0.2"));

        assertThat(taker.told).containsExactly("10.0.0.1 by r/n3");
        assertThat(scene.count("n2", ResolverCounter.NX)).isOne();
        assertThat(scene.count("n1", ResolverCounter.OUTDATED)).isOne();
    }

    @Test
    void shouldAskForTheOtherFamilyWhenThereIsNone() {
        link();
        scene.answer(scene.question());

        Asked other = scene.question();
        scene.answer(other, record("a.test. AAAA ::1"));

        assertThat(other.type()).isEqualTo("AAAA");
        assertThat(taker.told).containsExactly("0:0:0:0:0:0:0:1 by r/n1");
        assertThat(scene.count("n1", ResolverCounter.ANY_ERR)).isOne();
    }

    @Test
    void shouldFailOnlyWhenAllRetriesAreUsedUp() {
        link();
        for (int round = 0; round < 3; round++) {
            scene.answer(scene.question(), Rcode.NXDOMAIN);
            assertThat(taker.told).isEmpty();
            scene.answer(scene.question(), Rcode.NXDOMAIN);
            scene.passMs(100);
        }

        assertThat(taker.told).containsExactly("failed NX");
        assertThat(scene.count("n1", ResolverCounter.NX)).isEqualTo(6);
    }

    @Test
    void shouldSayATimeoutWhenNobodyAnswers() {
        link();
        scene.passMs(100);
        scene.passMs(100);
        assertThat(scene.questions()).hasSize(3);
        assertThat(taker.told).isEmpty();
        scene.passMs(100);

        assertThat(taker.told).containsExactly("failed TIMEOUT");
        assertThat(scene.count("n1", ResolverCounter.TIMEOUT)).isEqualTo(3);
    }

    @Test
    void shouldKeepWhatItKnowsForTheHoldTimeAndForgetItThen() {
        link();
        scene.answer(scene.question(), record("a.test. A 10.0.0.1"));
        taker.told.clear();
        for (int i = 0; i < 60 && (taker.told.isEmpty() || !taker.told.getLast().endsWith("past hold")); i++) {
            scene.passMs(100); // nobody answers: each failure takes 1000 ms, then 3 times 100
        }
        assertThat(taker.told)
                .containsExactly("failed TIMEOUT", "failed TIMEOUT", "failed TIMEOUT", "failed TIMEOUT past hold");

        taker.keeps = false;
        scene.passMs(1000);
        scene.passMs(100);
        scene.passMs(100);
        scene.passMs(100);
        assertThat(taker.told).last().isEqualTo("vanished 10.0.0.1");
    }

    @Test
    void shouldNotLetStrangersAnswer() {
        link();
        Asked question = scene.question();
        Message wrongId = answerTo(question);
        wrongId.getHeader().setID(question.message().getHeader().getID() ^ 1);
        wrongId.addRecord(record("a.test. A 6.6.6.6"), Section.ANSWER);
        Message wrongQuestion = new Message(question.message().getHeader().getID());
        wrongQuestion.getHeader().setFlag(Flags.QR);
        wrongQuestion.addRecord(record("b.test. A 6.6.6.6"), Section.QUESTION);
        wrongQuestion.addRecord(record("b.test. A 6.6.6.6"), Section.ANSWER);

        scene.answer(question, wrongId);
        scene.answer(question, wrongQuestion);
        assertThat(taker.told).isEmpty();
        scene.answer(question, record("a.test. A 10.0.0.1"));

        assertThat(taker.told).containsExactly("10.0.0.1 by r/n1");
        assertThat(scene.count("n1", ResolverCounter.OUTDATED)).isOne();
        assertThat(scene.count("n1", ResolverCounter.INVALID)).isOne();
    }

    @Test
    void shouldAskAgainByTcpForTheWholeAnswer() {
        link();
        Asked question = scene.question();
        Message part = answerTo(question);
        part.getHeader().setFlag(Flags.TC);
        scene.answer(question, part);

        Asked again = scene.question();
        scene.answer(again, record("a.test. A 10.0.0.1"));

        assertThat(again.isByStream()).isTrue();
        assertThat(taker.told).containsExactly("10.0.0.1 by r/n1");
    }

    @Test
    void shouldMakeDoWithATruncatedListOfServicesWhereTcpFails() {
        Taker services = new Taker(IPV4, "backend");
        scene.resolver.link("_s._tcp.test", Kind.SERVICES, services);
        scene.resolver.tick();
        Asked question = scene.question();
        Message part = answerTo(question);
        part.getHeader().setFlag(Flags.TC);
        part.addRecord(record("_s._tcp.test. SRV 0 5 80 n.test."), Section.ANSWER);

        scene.answer(question, part);
        scene.inboxes.get("n1").streamFailed();

        assertThat(services.told).containsExactly("none by r/n1");
        assertThat(scene.count("n1", ResolverCounter.VALID)).isOne();
    }

    @Test
    void shouldGiveServersOfABackendAnAddressEach() {
        Taker second = new Taker(IPV4, "backend");
        Taker third = new Taker(IPV4, "backend");
        Taker elsewhere = new Taker(IPV4, "another");
        link();
        scene.resolver.link("a.test", Kind.IPV4, second);
        scene.resolver.link("a.test", Kind.IPV4, third);
        scene.resolver.link("a.test", Kind.IPV4, elsewhere);
        scene.answer(scene.question(), record("a.test. A 10.0.0.1"), record("a.test. A 10.0.0.2"));

        assertThat(List.of(taker.told.getFirst(), second.told.getFirst(), third.told.getFirst()))
                .containsExactly("10.0.0.1 by r/n1", "10.0.0.2 by cache", "none by cache");
        assertThat(elsewhere.told.getFirst()).startsWith("10.0.0.");

        scene.passMs(1000);
        scene.answer(scene.question(), record("a.test. A 10.0.0.3"), record("a.test. A 10.0.0.2"));

        assertThat(List.of(taker.told.getLast(), second.told.getLast(), third.told.getLast()))
                .containsExactly("10.0.0.3 by r/n1", "10.0.0.2 by cache", "none by cache");
    }

    @Test
    void shouldKeepAVanishedAddressForHoldObsolete() {
        scene = new ResolverScene(
                ResolverScene.settings(new HoldTimes(10_000, 1_500, 2_000, 3_000, 4_000, 5_000), "n1"));
        link();
        scene.answer(scene.question(), record("a.test. A 10.0.0.1"));
        scene.passMs(1000);
        scene.answer(scene.question(), record("a.test. A 10.0.0.2"));
        scene.passMs(1000);
        scene.answer(scene.question(), record("a.test. A 10.0.0.2"));

        assertThat(taker.told)
                .containsExactly("10.0.0.1 by r/n1", "10.0.0.1 by r/n1", "vanished 10.0.0.1", "10.0.0.2 by r/n1");
    }

    @Test
    void shouldPreferFamilyThenNetworkThenWhatItHas() {
        var preference = new AddressPreference(true, List.of(Network.parse("10.2.0.0/16")), false);
        Taker choosy = new Taker(preference, "backend");
        scene.resolver.link("a.test", Kind.IPV4, choosy);
        scene.resolver.tick();
        scene.answer(
                scene.question(),
                record("a.test. AAAA ::1"),
                record("a.test. A 10.1.0.1"),
                record("a.test. A 10.2.0.1"));

        assertThat(choosy.told).containsExactly("10.2.0.1 by r/n1");
    }

    @Test
    void shouldFollowAliasesInTheirOrderOnly() {
        link();
        scene.answer(
                scene.question(),
                record("a.test. CNAME b.test."),
                record("b.test. CNAME c.test."),
                record("c.test. A 10.0.0.1"));
        scene.passMs(1000);
        scene.answer(scene.question(), record("a.test. CNAME b.test."), record("x.test. A 6.6.6.6"));
        scene.answer(scene.question(), record("a.test. CNAME b.test."));

        assertThat(taker.told).containsExactly("10.0.0.1 by r/n1");
        assertThat(scene.count("n1", ResolverCounter.CNAME)).isOne();
        assertThat(scene.count("n1", ResolverCounter.CNAME_ERROR)).isEqualTo(2);
    }

    @Test
    void shouldEndWithItsLastRequester() {
        Resolution resolution = scene.resolver.link("a.test", Kind.IPV4, taker);
        scene.resolver.tick();
        Asked question = scene.question();
        scene.resolver.unlink(resolution, taker);

        scene.answer(question, record("a.test. A 10.0.0.1"));
        scene.passMs(10_000);

        assertThat(taker.told).isEmpty();
        assertThat(scene.questions()).isEmpty();
        assertThat(scene.count("n1", ResolverCounter.OUTDATED)).isOne();
    }

    @Test
    void shouldTellRequestersThatTheSectionIsGone() {
        link();

        scene.resolver.retire();

        assertThat(taker.told).containsExactly("retired");
    }

    @Test
    void shouldCountQuestionsThatCouldNotBeSent() {
        scene.refusesDatagrams = true;
        link();
        scene.passMs(100);
        scene.passMs(100);
        scene.passMs(100);

        assertThat(taker.told).containsExactly("failed TIMEOUT");
        assertThat(scene.count("n1", ResolverCounter.SEND_ERROR)).isEqualTo(3);
        assertThat(scene.count("n1", ResolverCounter.SENT)).isZero();
    }

    private void accept(AcceptedFamilies families) {
        scene = new ResolverScene(ResolverScene.settings(families, HOLD, "n1"));
    }

    @Test
    void shouldAskForAnAcceptedFamilyOnly() {
        accept(AcceptedFamilies.IPV6);
        link();

        for (int round = 0; round < 3; round++) {
            Asked question = scene.question();
            assertThat(question.type()).isEqualTo("AAAA");
            scene.answer(question);
            assertThat(scene.questions()).isEmpty();
            assertThat(taker.told).isEmpty();
            scene.passMs(100);
        }

        assertThat(taker.told).hasSize(1);
    }

    @Test
    void shouldShareAResolutionThatOnlyOneFamilyIsAcceptedOf() {
        accept(AcceptedFamilies.IPV4);

        Resolution resolution = scene.resolver.link("a.test", Kind.IPV6, taker);

        assertThat(scene.resolver.link("a.test", Kind.IPV4, new Taker(IPV4, "other")))
                .isSameAs(resolution);
    }

    @Test
    void shouldTakeNoAddressOfAFamilyThatIsNotAccepted() {
        accept(AcceptedFamilies.IPV4);
        link();

        scene.answer(scene.question(), record("a.test. AAAA ::1"), record("a.test. A 10.0.0.1"));

        assertThat(taker.told).containsExactly("10.0.0.1 by r/n1");
        assertThat(scene.resolver.link("a.test", Kind.IPV4, taker).records()).hasSize(1);
    }

    @Test
    void shouldTakeNoAdditionalAddressOfAFamilyThatIsNotAccepted() {
        accept(AcceptedFamilies.IPV4);
        Resolution services = scene.resolver.link("_s._tcp.test", Kind.SERVICES, taker);
        scene.resolver.tick();
        Asked question = scene.question();
        Message answer = answerTo(question);
        answer.addRecord(record("_s._tcp.test. SRV 0 1 80 four.test."), Section.ANSWER);
        answer.addRecord(record("_s._tcp.test. SRV 0 1 80 six.test."), Section.ANSWER);
        answer.addRecord(record("four.test. A 10.0.0.1"), Section.ADDITIONAL);
        answer.addRecord(record("six.test. AAAA ::1"), Section.ADDITIONAL);

        scene.answer(question, answer);

        assertThat(services.records())
                .extracting(ResolvedRecord::host, record -> record.additional() != null)
                .containsExactlyInAnyOrder(tuple("four.test", true), tuple("six.test", false));
    }

    @Test
    void shouldAskForIpv6AsLongAsThereIsAWayToIt() {
        accept(AcceptedFamilies.AUTO);
        scene.resolver.link("a.test", Kind.IPV6, taker);
        scene.resolver.tick();
        Asked first = scene.question();
        scene.answer(first, record("a.test. AAAA ::1"));
        scene.hasIpv6 = false;

        scene.passMs(1000);
        Asked second = scene.question();
        scene.answer(second, record("a.test. A 10.0.0.1"));

        assertThat(first.type()).isEqualTo("AAAA");
        assertThat(second.type()).isEqualTo("A");
        scene.hasIpv6 = true;
        scene.passMs(1000);
        assertThat(scene.question().type()).isEqualTo("AAAA");
    }
}
