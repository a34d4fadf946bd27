package dev.weir.config.model;

import java.util.List;

/** {@code userlist}: users that rules refer to by its name. */
public record UserListSection(Position at, String name, List<GroupLine> groups, List<UserLine> users)
        implements Section {
    /** @param users their names */
    public record GroupLine(Position at, String name, List<String> users) {}

    /**
     * One user.
     *
     * @param password empty if there is none
     * @param isPlain {@code insecure-password}: it is not hashed
     */
    public record UserLine(Position at, String name, String password, boolean isPlain, List<String> groups) {}
}
