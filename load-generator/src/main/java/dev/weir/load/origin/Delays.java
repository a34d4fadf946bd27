package dev.weir.load.origin;

import dev.weir.load.plan.Amounts;
import dev.weir.load.plan.PlanException;
import java.util.Arrays;
import java.util.Random;

/**
 * How long answers are held back: each time in exactly its share of the answers, in mixed order that a seed decides. So the
 * distribution of latencies is known. Immutable; each loop deals from its own {@link Dealer}.
 */
public final class Delays {
    private static final int CARDS = 10_000;

    private final long[] cards;

    private Delays(long[] cards) {
        this.cards = cards;
    }

    public static Delays none() {
        return new Delays(new long[] {0});
    }

    /** {@code 5ms}, or shares that sum up to 100: {@code 90%:1ms,9%:10ms,1%:100ms}. */
    public static Delays parse(String text, long seed) {
        if (text.indexOf('%') < 0) {
            return new Delays(new long[] {Amounts.timeNs(text)});
        }
        long[] cards = new long[CARDS];
        int filled = 0;
        for (String part : text.split(",")) {
            int colon = part.indexOf("%:");
            if (colon < 0) {
                throw new PlanException("'" + part + "' is not of the form 90%:1ms");
            }
            int count = (int) Math.round(Amounts.count(part.substring(0, colon)) * CARDS / 100);
            int end = Math.min(CARDS, filled + count);
            Arrays.fill(cards, filled, end, Amounts.timeNs(part.substring(colon + 2)));
            filled += count;
        }
        if (filled != CARDS) {
            throw new PlanException("the shares of '" + text + "' sum up to " + filled * 100.0 / CARDS + "%");
        }
        shuffle(cards, new Random(seed));
        return new Delays(cards);
    }

    private static void shuffle(long[] cards, Random random) {
        for (int i = cards.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long card = cards[i];
            cards[i] = cards[other];
            cards[other] = card;
        }
    }

    boolean isNone() {
        return cards.length == 1 && cards[0] == 0;
    }

    /** Goes through the delays, again and again. Thread: one loop. */
    final class Dealer {
        private int next;

        long nextNs() {
            long ns = cards[next];
            next = next + 1 == cards.length ? 0 : next + 1;
            return ns;
        }
    }
}
