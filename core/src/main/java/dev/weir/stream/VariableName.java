package dev.weir.stream;

/**
 * A variable as an expression knows it: immutable, resolved once by {@link VariableNames}.
 *
 * @param scope its life
 * @param id a small number, the same for the same name whatever its scope
 * @param text the name with its scope, as written
 */
public record VariableName(Scope scope, int id, String text) {}
