package dev.weir.balance;

import dev.weir.balance.HashRing.Member;
import java.util.Arrays;

/**
 * The nodes of one group of servers in ascending order of their unsigned keys; equal keys in the order of addition. Looking up
 * is a binary search; a change copies, which is rare. Thread: under the backend's lock.
 */
final class Ring {
    private static final int NONE = -1;
    private int[] keys = new int[0];
    private Member[] owners = new Member[0];
    /** Where {@link #next} stopped. */
    private int last = NONE;

    int last() {
        return last;
    }

    void last(int index) {
        last = index;
    }

    Member owner(int index) {
        return owners[index];
    }

    int after(int index) {
        return index + 1 == keys.length ? 0 : index + 1;
    }

    /** Index of the node nearest to a hash. */
    int nearest(int hash) {
        int next = ceiling(hash);
        int previous = next == 0 ? keys.length - 1 : next - 1;
        next = next == keys.length ? 0 : next;
        int distanceBack = hash - keys[previous];
        int distanceOn = keys[next] - hash;
        return Integer.compareUnsigned(distanceBack, distanceOn) <= 0 ? previous : next;
    }

    /** Round robin along the ring, passing over full servers. */
    Member next(Target avoided) {
        int stop = last == NONE ? 0 : last;
        int index = last;
        int second = NONE;
        do {
            index = index == NONE ? 0 : after(index);
            last = index;
            Target target = owners[index].target;
            if (!target.isFull()) {
                if (target != avoided) {
                    return owners[index];
                }
                second = index;
            }
        } while (index != stop);
        last = second;
        return second == NONE ? null : owners[second];
    }

    /** Gives a server as many nodes as it weighs: its last ones go or come. */
    void resize(Member member, int points) {
        if (points < member.points) {
            remove(member, points);
        } else if (points > member.points) {
            add(member, points);
        }
        member.points = points;
    }

    private void add(Member member, int points) {
        long[] fresh = new long[points - member.points];
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] = keyOf(member, member.points + i) & 0xFFFF_FFFFL;
        }
        Arrays.sort(fresh);
        merge(member, fresh);
    }

    private void merge(Member member, long[] fresh) {
        int[] oldKeys = keys;
        Member[] oldOwners = owners;
        int oldLast = last;
        keys = new int[oldKeys.length + fresh.length];
        owners = new Member[keys.length];
        int old = 0;
        int added = 0;
        for (int i = 0; i < keys.length; i++) {
            boolean takeOld = added == fresh.length
                    || old < oldKeys.length && Integer.toUnsignedLong(oldKeys[old]) <= fresh[added];
            keys[i] = takeOld ? oldKeys[old] : (int) fresh[added];
            owners[i] = takeOld ? oldOwners[old] : member;
            if (takeOld && old == oldLast) {
                last = i;
            }
            old += takeOld ? 1 : 0;
            added += takeOld ? 0 : 1;
        }
    }

    /** A removed node where {@link #next} stopped is replaced by the one behind it, which the next turn therefore passes over. */
    private void remove(Member member, int pointsLeft) {
        long[] gone = new long[member.points - pointsLeft];
        for (int i = 0; i < gone.length; i++) {
            gone[i] = keyOf(member, pointsLeft + i) & 0xFFFF_FFFFL;
        }
        Arrays.sort(gone);
        int kept = 0;
        int lastKept = NONE;
        boolean lastPending = false;
        for (int i = 0; i < keys.length; i++) {
            boolean removed = owners[i] == member && Arrays.binarySearch(gone, Integer.toUnsignedLong(keys[i])) >= 0;
            lastPending |= i == last;
            if (!removed) {
                keys[kept] = keys[i];
                owners[kept] = owners[i];
                if (lastPending && lastKept == NONE) {
                    lastKept = kept;
                }
                kept++;
            }
        }
        last = last == NONE || kept == 0 ? NONE : Math.max(lastKept, 0);
        keys = Arrays.copyOf(keys, kept);
        owners = Arrays.copyOf(owners, kept);
    }

    private static int keyOf(Member member, int point) {
        return Avalanche.mix(member.target.ringSeed() + point);
    }

    /** Index of the first key that is not below a number; the length if there is none. */
    private int ceiling(int hash) {
        int low = 0;
        int high = keys.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(keys[middle], hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
