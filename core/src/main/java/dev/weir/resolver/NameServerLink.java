package dev.weir.resolver;

/** The ways to one name server. Thread: the resolvers'. */
interface NameServerLink {
    /** Sends a question by UDP; false if that is not possible now. */
    boolean send(byte[] question);

    /** Sends a question by TCP, after connecting if need be; false if that is not possible now. */
    boolean sendByStream(byte[] question);

    void close();

    /** Takes what comes back. */
    interface Listener {
        /** @param length of the message, which is the beginning of the array and to be read at once */
        void received(byte[] message, int length, boolean isByStream);

        /** An answer by UDP was longer than accepted. */
        void receivedTooMuch();

        /** The name server's host says that nobody listens, or the network that there is no way. */
        void datagramsFailed();

        /** Questions that were sent by TCP get no answer any more. */
        void streamFailed();
    }
}
