package dev.weir.cli;

import java.util.List;

/** Finds commands, checks levels, and runs each on a thread of its own. Any thread. */
final class CommandRunner {
    private final CommandTable table;

    CommandRunner(CommandTable table) {
        this.table = table;
    }

    /** Returns at once; what comes of it goes to the answer. */
    void start(List<String> words, String payload, Answer answer) {
        Thread.ofPlatform().daemon().name("weir-cli").start(() -> run(words, payload, answer));
    }

    private void run(List<String> words, String payload, Answer answer) {
        try {
            carryOut(words, payload, answer);
            answer.text().append('\n');
            answer.finish();
        } catch (ClientGone gone) {
            answer.abandon(); // nobody waits for the rest
        }
    }

    private void carryOut(List<String> words, String payload, Answer answer) throws ClientGone {
        if (isOfTheConnection(words, answer)) {
            return;
        }
        Command command = table.find(words);
        if (command == null) {
            unknown(words, answer);
            return;
        }
        if (command.level().compareTo(answer.state().level()) > 0) {
            answer.line("Permission denied");
            return;
        }
        int taken = command.words().split(" ").length;
        try {
            command.handler().run(new Arguments(words.subList(taken, words.size()), payload), answer);
        } catch (CommandFailure failure) {
            answer.line(failure.getMessage());
        }
    }

    private void unknown(List<String> words, Answer answer) {
        answer.text().append("Unknown command: '").append(words.getFirst()).append('\'');
        if (table.knows(words.getFirst())) {
            answer.line(", but maybe one of the following ones is a better match:");
            table.help(words, answer.state().level(), answer.text());
        } else {
            answer.line(". Please enter one of the following commands only:");
            table.help(List.of(), answer.state().level(), answer.text());
        }
    }

    // ---- what concerns the connection itself ----

    private boolean isOfTheConnection(List<String> words, Answer answer) {
        CliState state = answer.state();
        switch (words.getFirst()) {
            case "help", "?" -> {
                answer.line("The following commands are valid at this level:");
                table.help(words.subList(1, words.size()), state.level(), answer.text());
            }
            case "prompt" -> prompt(words, state);
            case "quit", "_getsocks" -> state.end();
            case "user" -> state.lower(Level.USER);
            case "operator" -> state.lower(Level.OPERATOR);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void prompt(List<String> words, CliState state) {
        boolean isOn = words.size() > 1 ? !words.get(1).equals("n") : !state.isInteractive();
        state.interactive(isOn);
        state.prompt(isOn && !(words.size() > 1 && words.get(1).equals("i")));
    }
}
