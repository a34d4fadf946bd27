package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.BalanceSettings.PreserveAffinity;
import dev.weir.sample.Allocation;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BalanceAlgorithmsTest {
    static java.util.List<BalanceMethod> methods() {
        return BalanceAlgorithms.all();
    }

    @Test
    void shouldNameEachMethodOnceAndDescribeIt() {
        Set<String> names = new HashSet<>();
        for (BalanceMethod method : BalanceAlgorithms.all()) {
            assertThat(names.add(method.keyword())).isTrue();
            assertThat(method.description()).isNotBlank();
            assertThat(BalanceAlgorithms.named(method.keyword())).isSameAs(method);
        }
        assertThat(BalanceAlgorithms.named("fastest")).isNull();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldPickWithoutAllocating(BalanceMethod method) {
        BalanceAlgorithm algorithm = create(BalanceSettings.of(method), FakeTarget.withWeights(3, 1, 2, 7));

        Allocation.assertAllocatesNothing(20_000, () -> pickAndServe(algorithm, method));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldUseOnlyServersThatAreAvailable(BalanceMethod method) {
        FakeTarget[] targets = FakeTarget.withWeights(3, 1, 0, 7, 2);
        BalanceAlgorithm algorithm = create(BalanceSettings.of(method), targets);
        long seed = System.nanoTime();
        System.out.println("BalanceAlgorithmsTest seed " + seed);
        Random random = new Random(seed);

        for (int i = 0; i < 5_000; i++) {
            FakeTarget changed = targets[random.nextInt(targets.length)];
            changed.isAvailable = random.nextInt(3) > 0;
            algorithm.update(changed);
            Target picked = method.isHash() ? algorithm.pick(random.nextInt(), null) : algorithm.pick(null);
            assertThat(picked == null).isEqualTo(!algorithm.hasUsable());
            if (picked != null) {
                assertThat(picked.isAvailable() && picked.userWeight() > 0).isTrue();
                assertThat(algorithm.mayServe(picked)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldForeseeWhatItPicksAndPickAsIfNobodyHadAsked(BalanceMethod method) {
        FakeTarget[] targets = FakeTarget.withWeights(3, 1, 0, 7, 2);
        FakeTarget[] twins = FakeTarget.withWeights(3, 1, 0, 7, 2);
        BalanceSettings settings = BalanceSettings.of(method);
        BalanceAlgorithm asked = create(settings, targets);
        BalanceAlgorithm unasked = create(settings, twins);
        long seed = System.nanoTime();
        System.out.println("BalanceAlgorithmsTest seed " + seed);
        Random random = new Random(seed);

        for (int i = 0; i < 5_000; i++) {
            int changed = random.nextInt(targets.length);
            targets[changed].isAvailable = twins[changed].isAvailable = random.nextInt(3) > 0;
            targets[changed].weight = twins[changed].weight = random.nextInt(8);
            targets[changed].maxConn = twins[changed].maxConn = random.nextInt(3);
            targets[changed].served = twins[changed].served = random.nextInt(3);
            asked.update(targets[changed]);
            unasked.update(twins[changed]);
            asked.loadChanged(targets[changed]);
            unasked.loadChanged(twins[changed]);
            int hash = random.nextInt();
            for (int question = random.nextInt(3); question > 0; question--) {
                assertThat(name(asked.foresee())).isEqualTo(name(asked.foresee()));
            }

            Target foreseen = method.isHash() ? asked.foresee(hash) : asked.foresee();
            Target picked = method.isHash() ? asked.pick(hash, null) : asked.pick(null);

            assertThat(name(foreseen)).isEqualTo(name(picked));
            assertThat(name(picked))
                    .as("round %d", i)
                    .isEqualTo(name(method.isHash() ? unasked.pick(hash, null) : unasked.pick(null)));
        }
    }

    private static String name(Target target) {
        return target == null ? "none" : ((FakeTarget) target).name;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldFindAnotherServerThanTheOneThatFailed(BalanceMethod method) {
        if (method.isHash()) {
            return; // a table of slots cannot avoid, as in HAProxy; the ring is tested below
        }
        FakeTarget[] targets = FakeTarget.withWeights(1, 1);
        BalanceAlgorithm algorithm = create(BalanceSettings.of(method), targets);

        for (int i = 0; i < 10; i++) {
            assertThat(algorithm.pick(targets[0])).isSameAs(targets[1]);
        }
        targets[1].isAvailable = false;
        algorithm.update(targets[1]);
        assertThat(algorithm.pick(targets[0])).isSameAs(targets[0]);
    }

    @Test
    void shouldTakeTheLeastLoadedForItsWeight() {
        FakeTarget[] targets = FakeTarget.withWeights(1, 3);
        BalanceAlgorithm algorithm = create(BalanceSettings.of(BalanceAlgorithms.LEAST_CONNECTIONS), targets);

        int[] served = new int[2];
        for (int i = 0; i < 40; i++) {
            FakeTarget picked = (FakeTarget) algorithm.pick(null);
            picked.served++;
            served[picked.position]++;
            algorithm.loadChanged(picked);
        }

        assertThat(served[0]).isBetween(9, 11);
        assertThat(served[1]).isBetween(29, 31);
    }

    @Test
    void shouldTurnAmongEquallyLoadedServers() {
        FakeTarget[] targets = FakeTarget.withWeights(1, 5, 1);
        BalanceAlgorithm algorithm = create(BalanceSettings.of(BalanceAlgorithms.LEAST_CONNECTIONS), targets);

        StringBuilder picks = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            FakeTarget picked = (FakeTarget) algorithm.pick(null);
            picks.append(Scenario.letter(picked));
            picked.served++;
            algorithm.loadChanged(picked);
            picked.served--;
            algorithm.loadChanged(picked);
        }

        assertThat(picks).hasToString("abcabc");
    }

    @Test
    void shouldFillServersInTheOrderOfTheirIds() {
        FakeTarget[] targets = FakeTarget.withWeights(1, 1, 1);
        targets[0].id = 30;
        targets[1].id = 10;
        targets[2].id = 20;
        StringBuilder picks = new StringBuilder();
        for (FakeTarget target : targets) {
            target.maxConn = 2;
        }
        BalanceAlgorithm algorithm = create(BalanceSettings.of(BalanceAlgorithms.FIRST), targets);

        for (FakeTarget picked; (picked = (FakeTarget) algorithm.pick(null)) != null; picked.served++) {
            picks.append(Scenario.letter(picked));
        }

        assertThat(picks).hasToString("bbccaa");
    }

    @Test
    void shouldPassOverFullServersInTurnWithoutLosingThem() {
        FakeTarget[] targets = FakeTarget.withWeights(1, 1, 1);
        targets[1].maxConn = 1;
        targets[1].served = 1;
        BalanceAlgorithm algorithm = create(BalanceSettings.of(BalanceAlgorithms.ROUND_ROBIN), targets);

        assertThat(picks(algorithm, 4)).isEqualTo("acac");
        targets[1].served = 0;
        assertThat(picks(algorithm, 6)).contains("b");
    }

    @Test
    void shouldKeepLoadWithinTheFactor() {
        FakeTarget[] targets = FakeTarget.withWeights(1, 1, 1, 1);
        BalanceAlgorithm algorithm = create(
                BalanceSettings.of(BalanceAlgorithms.HASH)
                        .withHashType(HashType.CONSISTENT)
                        .withHashBalanceFactor(150),
                targets);

        for (int i = 0; i < 100; i++) {
            FakeTarget picked = (FakeTarget) algorithm.pick(42, null);
            picked.served++;
            assertThat(picked.served).isLessThanOrEqualTo((int) Math.ceil((i + 1) * 1.5 / 4) + 1);
        }
    }

    @Test
    void shouldLeaveAFullServerOnlyIfAffinityMayBreak() {
        FakeTarget[] targets = FakeTarget.withWeights(1, 1);
        BalanceSettings settings = BalanceSettings.of(BalanceAlgorithms.HASH).withHashType(HashType.CONSISTENT);
        BalanceAlgorithm always = create(settings, targets);
        BalanceAlgorithm byLimit = create(settings.withPreserveAffinity(PreserveAffinity.MAXCONN), targets);
        FakeTarget chosen = (FakeTarget) always.pick(42, null);

        chosen.maxConn = 1;
        chosen.served = 1;

        assertThat(always.pick(42, null)).isSameAs(chosen);
        assertThat(byLimit.pick(42, null)).isNotSameAs(chosen);
        assertThat(always.pick(42, chosen)).isNotSameAs(chosen);
    }

    @Test
    void shouldMoveOnlyTheKeysOfAServerThatLeavesTheRing() {
        FakeTarget[] targets = FakeTarget.withWeights(5, 5, 5, 5);
        BalanceAlgorithm algorithm =
                create(BalanceSettings.of(BalanceAlgorithms.HASH).withHashType(HashType.CONSISTENT), targets);
        Target[] before = new Target[4_000];
        for (int i = 0; i < before.length; i++) {
            before[i] = algorithm.pick(Avalanche.mix(i), null);
        }

        targets[2].isAvailable = false;
        algorithm.update(targets[2]);
        int movedCount = 0;
        for (int i = 0; i < before.length; i++) {
            boolean moved = algorithm.pick(Avalanche.mix(i), null) != before[i];
            movedCount += moved && before[i] != targets[2] ? 1 : 0;
        }
        targets[2].isAvailable = true;
        algorithm.update(targets[2]);

        assertThat(movedCount)
                .isLessThan(before.length / 20); // nearest node: a few keys beyond a vanished node change sides
        for (int i = 0; i < before.length; i++) {
            assertThat(algorithm.pick(Avalanche.mix(i), null)).isSameAs(before[i]);
        }
    }

    @Test
    void shouldPreferTheLessLoadedOfTwoDraws() {
        FakeTarget[] targets = FakeTarget.withWeights(1, 1, 1, 1);
        BalanceAlgorithm algorithm = create(BalanceSettings.of(BalanceAlgorithms.RANDOM), targets);

        for (int i = 0; i < 4_000; i++) {
            ((FakeTarget) algorithm.pick(null)).served++;
        }

        for (FakeTarget target : targets) {
            assertThat(target.served).isBetween(950, 1050);
        }
    }

    @Test
    void shouldKeepTheOrderWhenServersJoinAndLeaveByReload() {
        FakeTarget[] four = FakeTarget.withWeights(1, 1, 1, 1);
        FakeTarget[] three = {four[0], four[1], four[2]};
        BalanceAlgorithm algorithm = create(BalanceSettings.of(BalanceAlgorithms.ROUND_ROBIN), three);
        assertThat(picks(algorithm, 4)).isEqualTo("abca");

        algorithm.replaceServers(four);
        assertThat(picks(algorithm, 8).chars().distinct().count()).isEqualTo(4);
        algorithm.replaceServers(three);

        assertThat(picks(algorithm, 6)).doesNotContain("d");
    }

    private static BalanceAlgorithm create(BalanceSettings settings, FakeTarget... targets) {
        return BalanceAlgorithms.create(settings, targets);
    }

    private static String picks(BalanceAlgorithm algorithm, int count) {
        StringBuilder picks = new StringBuilder();
        for (int i = 0; i < count; i++) {
            picks.append(Scenario.letter((FakeTarget) algorithm.pick(null)));
        }
        return picks.toString();
    }

    private static void pickAndServe(BalanceAlgorithm algorithm, BalanceMethod method) {
        FakeTarget target = (FakeTarget) (method.isHash() ? algorithm.pick(123, null) : algorithm.pick(null));
        target.served = target.served == 5 ? 0 : target.served + 1;
        algorithm.loadChanged(target);
    }
}
