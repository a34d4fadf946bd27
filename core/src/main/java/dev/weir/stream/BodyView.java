package dev.weir.stream;

/** Shows in an {@link HttpExchange} what is held of a message's body. */
public interface BodyView {
    /** More may have come, or lie elsewhere, since somebody looked last. Thread: the exchange's. */
    void look();
}
