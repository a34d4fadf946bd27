package dev.weir.config.parse;

/** Finds the known word that a mistyped one most likely meant. */
final class Nearest {
    private final String word;
    private final int distanceMax;
    private String best;
    private int bestDistance;

    /** At most a third of the word, and one letter of a short one, may be wrong. */
    Nearest(String word) {
        this.word = word;
        distanceMax = Math.max(1, word.length() / 3);
        bestDistance = distanceMax + 1;
    }

    void offer(String candidate) {
        if (Math.abs(candidate.length() - word.length()) >= bestDistance) {
            return;
        }
        int distance = distance(word, candidate);
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }

    /** The tail of a message, empty if nothing is near. */
    String hint() {
        return best == null ? "" : "; did you mean '" + best + "' maybe ?";
    }

    /** Null if nothing is near. */
    String best() {
        return best;
    }

    /** Insertions, deletions, replacements and swaps of neighbours. */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(Math.min(current[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, beforeLast[j - 2] + 1);
                }
                current[j] = least;
            }
            int[] reused = beforeLast;
            beforeLast = last;
            last = current;
            current = reused;
        }
        return last[b.length()];
    }
}
