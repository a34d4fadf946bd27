package dev.weir.stream;

import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the names of variables, so that looking one up compares ints. One per process: numbers survive a reload, and with
 * them the {@code proc} variables. Any thread; used while configurations are parsed.
 */
public final class VariableNames {
    private final Map<String, Integer> ids = new HashMap<>();

    /**
     * Resolves {@code scope.name}.
     *
     * @throws IllegalArgumentException with a message for the operator if that is not a variable's name
     */
    public synchronized VariableName resolve(String text) {
        int dot = text.indexOf('.');
        Scope scope = dot < 0 ? null : Scope.of(text.substring(0, dot));
        if (scope == null) {
            throw new IllegalArgumentException("invalid variable name '" + text
                    + "'. A variable name must be start by its scope. The scope can be 'proc', 'sess', 'txn', 'req',"
                    + " 'res' or 'check'");
        }
        String name = text.substring(dot + 1);
        checkCharacters(text, name);
        return new VariableName(scope, ids.computeIfAbsent(name, any -> ids.size() + 1), text);
    }

    /** The variable of that name if anything has named it so far; else null. */
    public synchronized VariableName find(String text) {
        int dot = text.indexOf('.');
        Scope scope = dot < 0 ? null : Scope.of(text.substring(0, dot));
        Integer id = scope == null ? null : ids.get(text.substring(dot + 1));
        return id == null ? null : new VariableName(scope, id, text);
    }

    private static void checkCharacters(String text, String name) {
        boolean isValid = !name.isEmpty()
                && name.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c) || c == '_' || c == '.');
        if (!isValid) {
            throw new IllegalArgumentException("invalid syntax at char '" + text
                    + "': a variable name is made of letters, digits, '_' and '.' after its scope");
        }
    }
}
