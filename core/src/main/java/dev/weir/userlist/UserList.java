package dev.weir.userlist;

import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;

/** The users of one {@code userlist} section. Immutable; any thread. */
public final class UserList {
    private final String name;
    private final User[] users;
    private final Set<String> groups;

    public UserList(String name, List<User> users, Set<String> groups) {
        this.name = name;
        this.users = users.toArray(new User[0]);
        this.groups = Set.copyOf(groups);
    }

    public String name() {
        return name;
    }

    public boolean hasGroup(String group) {
        return groups.contains(group);
    }

    /** The user with that name, or null. */
    public User named(DirectBuffer name, int length) {
        for (User candidate : users) {
            if (candidate.isNamed(name, length)) {
                return candidate;
            }
        }
        return null;
    }

    /**
     * The user with that name and password, or null.
     *
     * @param credentials {@code name:password}
     * @param colon where the first colon stands
     * @param length how many bytes count
     */
    public User authenticated(byte[] credentials, int colon, int length) {
        for (User candidate : users) {
            if (candidate.isNamed(credentials, colon)) {
                return candidate.hasPassword(credentials, colon + 1, length - colon - 1) ? candidate : null;
            }
        }
        return null;
    }
}
