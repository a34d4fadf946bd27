package dev.weir.resolver;

/** Who wants to know what a name leads to. Called on the resolvers' thread; must not wait. */
public interface Requester {
    /**
     * There is a valid answer.
     *
     * @param from who gave it; null for all but the first of those who asked the same
     */
    void resolved(Resolution resolution, NameServer from);

    /** There is none, for the reason that the resolution's status tells; whether what was known before shall be kept. */
    boolean failed(Resolution resolution);

    /** A record that was known has not been seen for too long. */
    void vanished(ResolvedRecord record);

    /** The section is no longer what it was: whoever still wants to know asks again. */
    void retired();
}
