package dev.weir.server;

/**
 * How many connections to a server there are.
 *
 * @param idleUnproven those that wait after their first request
 * @param idleProven those that wait after more of them: their server keeps connections open
 * @param used those that serve a request
 * @param expected how many will probably be needed at once
 */
public record ConnectionFigures(int idleUnproven, int idleProven, int used, int expected) {
    public int idle() {
        return idleUnproven + idleProven;
    }
}
