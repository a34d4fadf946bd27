package dev.weir.config.compile;

import dev.weir.config.model.ByteText;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.UserListSection;
import dev.weir.config.model.UserListSection.GroupLine;
import dev.weir.config.model.UserListSection.UserLine;
import dev.weir.userlist.User;
import dev.weir.userlist.UserList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** From {@code userlist} sections to what expressions ask. */
final class UserListCompiler {
    private UserListCompiler() {}

    /** By name. */
    static Map<String, UserList> compile(Configuration configuration) {
        Map<String, UserList> lists = new HashMap<>();
        configuration.userLists().forEach(section -> lists.put(section.name(), compile(section)));
        return lists;
    }

    private static UserList compile(UserListSection section) {
        List<User> users = section.users().stream()
                .map(user -> new User(
                        ByteText.toNative(user.name()),
                        ByteText.toNative(user.password()),
                        user.isPlain(),
                        groups(section, user)))
                .toList();
        return new UserList(
                section.name(),
                users,
                section.groups().stream().map(GroupLine::name).collect(Collectors.toSet()));
    }

    /** Membership may be said on either line. */
    private static Set<String> groups(UserListSection section, UserLine user) {
        Set<String> groups = new HashSet<>(user.groups());
        for (GroupLine group : section.groups()) {
            if (group.users().contains(user.name())) {
                groups.add(group.name());
            }
        }
        return groups;
    }
}
