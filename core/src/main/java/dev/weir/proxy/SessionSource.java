package dev.weir.proxy;

/** Makes the sessions of one mode on one loop. Thread: the loop's. */
public interface SessionSource {
    ClientSession create();

    /**
     * Tells a session that its client began in {@code mode tcp}.
     *
     * @param session one of this source, which has taken the client over and is run next
     * @param chosen the backend of its first request, or null if that is still to be chosen
     */
    void upgrade(ClientSession session, Backend chosen);

    /**
     * The process stops softly: of the sessions that only wait for something to do, one in so many ends.
     *
     * @param oneIn 1 for all of them
     */
    void dismissIdle(int oneIn);
}
