package dev.weir.e2e;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What a random test takes of lists. */
final class RandomChoice {
    private final Random random;

    RandomChoice(Random random) {
        this.random = random;
    }

    @SafeVarargs
    final <T> T one(T... among) {
        return among[random.nextInt(among.length)];
    }

    <T> T one(List<T> among) {
        return among.get(random.nextInt(among.size()));
    }

    /** @return {@code count} different ones, in any order */
    <T> List<T> some(List<T> among, int count) {
        return shuffled(among).subList(0, count);
    }

    <T> List<T> shuffled(List<T> all) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    boolean isChance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** @return from 0 on, less than {@code bound} */
    int below(int bound) {
        return random.nextInt(bound);
    }
}
