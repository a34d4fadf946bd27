package dev.weir.cli;

import java.util.ArrayList;
import java.util.List;

/** Splits a line of the runtime API: commands at {@code ;}, words at blanks; a backslash protects the next character. No state. */
final class CommandLines {
    private CommandLines() {}

    /** The commands of a line, words and all; an empty line is one empty command. */
    static List<List<String>> split(String line) {
        List<List<String>> commands = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isWord = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
                isWord = true;
            } else if (c == ' ' || c == '\t' || c == ';') {
                if (isWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    isWord = false;
                }
                if (c == ';') {
                    commands.add(words);
                    words = new ArrayList<>();
                }
            } else {
                word.append(c);
                isWord = true;
            }
        }
        if (isWord) {
            words.add(word.toString());
        }
        commands.add(words);
        return commands;
    }

    /**
     * What begins a payload at the end of a line: {@code <<} ends at an empty line, {@code <<END} at that line.
     *
     * @return the line that ends the payload, or null if there is none
     */
    static String payloadEnd(List<String> words) {
        String last = words.isEmpty() ? "" : words.getLast();
        return last.startsWith("<<") ? last.substring(2) : null;
    }
}
