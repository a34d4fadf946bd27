package dev.weir.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All commands. Filled once at start, then read by any thread. */
public final class CommandTable {
    private static final int USAGE_COLUMNS = 40;

    private final List<Command> commands = new ArrayList<>();

    public void add(String words, Level level, String usage, String description, Command.Handler handler) {
        for (Command other : commands) {
            if (other.words().equals(words)) {
                throw new IllegalStateException("two commands are called " + words);
            }
        }
        commands.add(new Command(words, level, usage, description, handler));
        commands.sort(Comparator.comparing(Command::words));
    }

    /** Takes over commands of another table by their words. */
    public void addFrom(CommandTable other, List<String> words) {
        for (Command command : other.commands) {
            if (words.contains(command.words())) {
                commands.add(command);
            }
        }
        commands.sort(Comparator.comparing(Command::words));
    }

    /** The commands of both tables; those of this one go before others of the same words. */
    CommandTable with(CommandTable other) {
        CommandTable both = new CommandTable();
        both.commands.addAll(commands);
        List<String> known = commands.stream().map(Command::words).toList();
        for (Command command : other.commands) {
            if (!known.contains(command.words())) {
                both.commands.add(command);
            }
        }
        both.commands.sort(Comparator.comparing(Command::words));
        return both;
    }

    /** The command that a line begins with, the longest of several; null if there is none. */
    Command find(List<String> line) {
        Command found = null;
        for (Command command : commands) {
            boolean isLonger =
                    found == null || command.words().length() > found.words().length();
            if (isLonger && isPrefix(command, line)) {
                found = command;
            }
        }
        return found;
    }

    private static boolean isPrefix(Command command, List<String> line) {
        String[] words = command.words().split(" ");
        if (words.length > line.size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!words[i].equals(line.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Commands of that level that begin like the line, or like as many of its words as any does; else that mention the first. */
    public void help(List<String> line, Level level, StringBuilder out) {
        List<Command> allowed = commands.stream()
                .filter(command -> !command.isHidden() && command.level().compareTo(level) <= 0)
                .toList();
        List<Command> matching =
                allowed.stream().filter(command -> beginsLike(command, line)).toList();
        for (int words = line.size() - 1; words > 0 && matching.isEmpty(); words--) {
            List<String> beginning = line.subList(0, words);
            matching = allowed.stream()
                    .filter(command -> beginsLike(command, beginning))
                    .toList();
        }
        if (matching.isEmpty()) {
            matching = allowed.stream()
                    .filter(command -> mentions(command, line.getFirst()))
                    .toList();
        }
        matching.forEach(command -> row(command.usage(), command.description(), out));
        row("help [<command>]", "list matching or all commands", out);
        row("prompt [help | n | i | p | timed ]*", "toggle interactive mode with prompt", out);
        row("quit", "disconnect", out);
    }

    private static void row(String usage, String description, StringBuilder out) {
        out.append("  ").append(usage).repeat(' ', Math.max(0, USAGE_COLUMNS - usage.length()));
        out.append(": ").append(description).append('\n');
    }

    /** Whether each word that both have begins like the other's. */
    private static boolean beginsLike(Command command, List<String> line) {
        String[] words = command.words().split(" ");
        for (int i = 0; i < Math.min(words.length, line.size()); i++) {
            if (!words[i].startsWith(line.get(i)) && !line.get(i).equals(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether one of its words begins like that: {@code help map}. */
    private static boolean mentions(Command command, String word) {
        for (String own : command.words().split(" ")) {
            if (own.startsWith(word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a word begins some command. */
    boolean knows(String firstWord) {
        return commands.stream()
                .anyMatch(command -> command.words().split(" ")[0].equals(firstWord));
    }

    /** All commands that help shows, for completion and documentation. */
    public List<Command> all() {
        return commands.stream().filter(command -> !command.isHidden()).toList();
    }
}
