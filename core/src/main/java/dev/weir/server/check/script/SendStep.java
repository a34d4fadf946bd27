package dev.weir.server.check.script;

/** Sends something. What was received before is forgotten. */
record SendStep(int number, String comment, Payload payload) implements Step {
    @Override
    public Step withComment(String newComment) {
        return new SendStep(number, newComment, payload);
    }
}
