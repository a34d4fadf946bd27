package dev.weir.server;

import dev.weir.balance.IntrusiveHeap;
import dev.weir.stats.HighWater;

/**
 * Sessions that wait, in order: lower priority class first, then time of arrival plus priority offset. Thread: under the pool's
 * lock, except the figures.
 */
final class PlaceQueue {
    private static final long CLASS_UNIT = 1L << 48;
    private static final long OFFSET_RANGE_MS = 1L << 20;

    private final IntrusiveHeap<Place> places = new IntrusiveHeap<>();
    final HighWater length = new HighWater();
    private long served;

    boolean isEmpty() {
        return places.isEmpty();
    }

    int size() {
        return places.size();
    }

    Place first() {
        return places.first();
    }

    /** In no particular order. */
    Place at(int position) {
        return places.at(position);
    }

    /** @param nowMs milliseconds since the pool began */
    void add(Place place, long nowMs) {
        places.add(place, place.priorityClass * CLASS_UNIT + nowMs + place.priorityOffsetMs + OFFSET_RANGE_MS);
        place.queueTicket = served;
        length.set(places.size());
    }

    /** The session leaves, served or not. @return its position: 1 for who was first when it came */
    int remove(Place place) {
        places.remove(place);
        length.set(places.size());
        return (int) (served - place.queueTicket + 1);
    }

    /** One was served from here: those behind have moved up. */
    void advance() {
        served++;
    }
}
