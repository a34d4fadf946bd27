package dev.weir.config.model;

import java.util.List;

/** {@code acl <name> <criterion> [flags] [operator] [<value>] ...}: the words after the name. */
public record AclLine(Position at, String name, List<String> words) {}
