package dev.weir.server;

/** The sessions that hold a place on a server, through their own links. Under the pool's lock. */
final class PlaceList {
    private Place first;

    /** Null if there is none; {@link Place#next} leads to the others. */
    Place first() {
        return first;
    }

    void add(Place place) {
        place.previous = null;
        place.next = first;
        if (first != null) {
            first.previous = place;
        }
        first = place;
    }

    void remove(Place place) {
        if (place.previous != null) {
            place.previous.next = place.next;
        } else {
            first = place.next;
        }
        if (place.next != null) {
            place.next.previous = place.previous;
        }
        place.next = null;
        place.previous = null;
    }
}
