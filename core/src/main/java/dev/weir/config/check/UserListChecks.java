package dev.weir.config.check;

import dev.weir.config.model.Problems;
import dev.weir.config.model.UserListSection;
import dev.weir.config.model.UserListSection.GroupLine;
import dev.weir.config.model.UserListSection.UserLine;
import dev.weir.userlist.Crypt;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether users and groups know each other, and whether passwords can be checked. */
final class UserListChecks {
    private UserListChecks() {}

    static void check(UserListSection section, Problems problems) {
        Set<String> groups = section.groups().stream().map(GroupLine::name).collect(Collectors.toSet());
        Set<String> users = section.users().stream().map(UserLine::name).collect(Collectors.toSet());
        String list = "userlist '" + section.name() + "': ";
        for (GroupLine group : section.groups()) {
            for (String user : group.users()) {
                if (!users.contains(user)) {
                    problems.alert(
                            group.at(), list + "no such user '" + user + "' specified in group '" + group.name() + "'");
                }
            }
        }
        for (UserLine user : section.users()) {
            for (String group : user.groups()) {
                if (!groups.contains(group)) {
                    problems.alert(
                            user.at(), list + "no such group '" + group + "' specified in user '" + user.name() + "'");
                }
            }
            if (!user.isPlain() && !user.password().isEmpty() && !Crypt.isAvailable()) {
                problems.alert(user.at(), list + "hashed passwords need the library libcrypt, which is not installed");
            }
        }
    }
}
