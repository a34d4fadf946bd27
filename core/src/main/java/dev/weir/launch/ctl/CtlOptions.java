package dev.weir.launch.ctl;

import java.util.ArrayList;
import java.util.List;

/** The command line. Options stand before the command. */
record CtlOptions(
        String socket,
        String file,
        boolean isRaw,
        boolean wantsHelp,
        boolean completesWords,
        boolean wantsScript,
        List<String> command) {

    static CtlOptions parse(List<String> arguments) throws CtlProblem {
        String socket = "";
        String file = "";
        boolean isRaw = false;
        boolean wantsHelp = false;
        boolean completesWords = false;
        boolean wantsScript = false;
        int i = 0;
        for (; i < arguments.size() && arguments.get(i).startsWith("-"); i++) {
            String option = arguments.get(i);
            switch (option) {
                case "-s", "--socket" -> socket = value(arguments, ++i, option);
                case "-f", "--file" -> file = value(arguments, ++i, option);
                case "--raw" -> isRaw = true;
                case "-h", "--help" -> wantsHelp = true;
                case "--complete" -> completesWords = true;
                case "--completion" -> wantsScript = true;
                default -> throw new CtlProblem("unknown option '" + option + "'");
            }
        }
        List<String> command = new ArrayList<>(arguments.subList(i, arguments.size()));
        return new CtlOptions(socket, file, isRaw, wantsHelp, completesWords, wantsScript, command);
    }

    /** The line to send: one argument is that already, blanks within one of several are protected. */
    String line() {
        if (command.size() == 1) {
            return command.getFirst();
        }
        return String.join(
                " ",
                command.stream()
                        .map(word -> word.replaceAll("([\\\\ ;\t])", "\\\\$1"))
                        .toList());
    }

    private static String value(List<String> arguments, int i, String option) throws CtlProblem {
        if (i >= arguments.size()) {
            throw new CtlProblem("option '" + option + "' needs a value");
        }
        return arguments.get(i);
    }
}
