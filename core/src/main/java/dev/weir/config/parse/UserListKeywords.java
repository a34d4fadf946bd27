package dev.weir.config.parse;

import dev.weir.config.model.Position;
import dev.weir.config.model.UserListSection;
import dev.weir.config.model.UserListSection.GroupLine;
import dev.weir.config.model.UserListSection.UserLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code userlist} sections: {@code group} and {@code user} lines. Single-threaded. */
final class UserListKeywords {
    private final Map<String, Draft> sections = new LinkedHashMap<>();
    private Draft section;

    private record Draft(Position at, String name, Map<String, GroupLine> groups, Map<String, UserLine> users) {
        UserListSection build() {
            return new UserListSection(at, name, List.copyOf(groups.values()), List.copyOf(users.values()));
        }
    }

    /** Opens a section; the line stands at its name. False if there is none to fill. */
    boolean open(Line line) {
        String name = line.next();
        if (name.isEmpty()) {
            line.alert("'userlist' expects <name> as arguments.");
            return false;
        }
        Sections.checkName("userlist", name, line);
        line.subject("userlist");
        line.end();
        if (sections.containsKey(name)) {
            line.warning("ignoring duplicated userlist '" + name + "'.");
            return false;
        }
        section = new Draft(line.at(), name, new LinkedHashMap<>(), new LinkedHashMap<>());
        sections.put(name, section);
        return true;
    }

    void parse(Line line) {
        String keyword = line.next();
        switch (keyword) {
            case "group" -> group(line);
            case "user" -> user(line);
            default -> {
                line.alert("unknown keyword '" + keyword + "' in 'userlist' section");
                line.rest();
            }
        }
    }

    private void group(Line line) {
        String name = name("group", line);
        List<String> users = List.of();
        while (line.hasNext()) {
            if (!line.accept("users")) {
                line.alert("'group' only supports 'users' option.");
                line.rest();
                return;
            }
            users = names(line);
        }
        if (section.groups.putIfAbsent(name, new GroupLine(line.at(), name, users)) != null) {
            line.warning("ignoring duplicated group '" + name + "' in userlist '" + section.name + "'.");
        }
    }

    private void user(Line line) {
        String name = name("user", line);
        String password = "";
        boolean isPlain = false;
        List<String> groups = List.of();
        while (line.hasNext()) {
            String option = line.next();
            switch (option) {
                case "password", "insecure-password" -> {
                    isPlain = option.equals("insecure-password");
                    password = line.next();
                }
                case "groups" -> groups = names(line);
                default -> {
                    line.alert("'user' only supports 'password', 'insecure-password' and 'groups' options.");
                    line.rest();
                    return;
                }
            }
        }
        var user = new UserLine(line.at(), name, password, isPlain, groups);
        if (section.users.putIfAbsent(name, user) != null) {
            line.warning("ignoring duplicated user '" + name + "' in userlist '" + section.name + "'.");
        }
    }

    private static String name(String keyword, Line line) {
        String name = line.next();
        if (name.isEmpty()) {
            line.alert("'" + keyword + "' expects <name> as arguments.");
        }
        return name;
    }

    private static List<String> names(Line line) {
        List<String> names = new ArrayList<>();
        for (String name : line.next().split(",")) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    List<UserListSection> build() {
        return sections.values().stream().map(Draft::build).toList();
    }
}
