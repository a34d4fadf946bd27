package dev.weir.proxy;

/**
 * A place in a loop's list of sessions, for whoever looks at some of them in each of its turns. Sessions that begin after it did are
 * not seen, those that end before it comes to them neither: one that leaves the list, which is where the cursor stands, moves it on.
 * Thread: the loop's.
 */
final class SessionCursor {
    /** Who is next; null at the end. */
    ClientSession at;
    /** The loop's next cursor. */
    SessionCursor next;

    /** A session leaves. */
    void leaves(ClientSession session) {
        if (at == session) {
            at = session.next;
        }
    }

    /** A session's client is another's from now on. */
    void goesOn(ClientSession session, ClientSession successor) {
        if (at == session) {
            at = successor;
        }
    }
}
