package dev.weir.rule.service;

import java.util.Map;

/**
 * What a service answers. {@code content-length} is the session's to add.
 *
 * @param fields names in lower case, in order
 */
public record ServiceAnswer(int status, Map<String, String> fields, byte[] body) {}
