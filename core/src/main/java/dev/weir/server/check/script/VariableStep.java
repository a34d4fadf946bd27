package dev.weir.server.check.script;

import dev.weir.rule.Effect;

/** Sets or removes a variable. */
record VariableStep(int number, String comment, Effect effect) implements Step {
    @Override
    public Step withComment(String newComment) {
        return new VariableStep(number, newComment, effect);
    }
}
