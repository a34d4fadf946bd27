package dev.weir.sample.pattern;

import dev.weir.sample.ParseProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * All lists of a configuration, each read once however often it is referenced: a file, {@code opt@} a file that need not exist,
 * {@code virt@} a name without a file, and the patterns of each ACL line. Filled while the configuration is read; then any thread
 * may look lists up.
 */
public final class PatternLists {
    private final Map<String, PatternList> byName = new HashMap<>();
    private final Map<Integer, PatternList> byId = new TreeMap<>();
    /** As they were created. */
    private final List<PatternList> inOrder = new ArrayList<>();
    /** Those whose number the configuration gives. */
    private final Set<PatternList> numbered = new HashSet<>();
    /** From where on no list has a number by itself. */
    private int nextId;
    /** Names whose file was missing and might be. */
    private final Set<String> missing = new HashSet<>();

    /** Where the lists of files come from, by their names. */
    private final Map<String, Path> files = new HashMap<>();

    /** Where lists come from in place of files and lines, or null. */
    private final PatternLists model;

    public PatternLists() {
        this(null);
    }

    private PatternLists(PatternLists model) {
        this.model = model;
    }

    /** For reading the same configuration again, for trying something out: its lists begin with what these hold now. */
    public PatternLists sketch() {
        return new PatternLists(this);
    }

    /** All lists by number. */
    public Collection<PatternList> all() {
        return byId.values();
    }

    /** The list with that name, or {@code #} and a number; null if there is none. */
    public PatternList find(String name) {
        if (name.matches("#[0-9]{1,9}")) {
            return byId.get(Integer.parseInt(name.substring(1)));
        }
        return byName.get(bare(name));
    }

    private static String bare(String name) {
        boolean isPrefixed = name.startsWith("opt@") || name.startsWith("file@");
        return isPrefixed ? name.substring(name.indexOf('@') + 1) : name;
    }

    /** Finds keys of a map whose values will be wanted in that form. */
    public Matcher map(String name, MatchMethod method, MapValue form, PatternUser user) throws ParseProblem {
        PatternList list = list(name, true, user);
        list.want(form);
        if (method == MatchMethod.IP) {
            resolveNames(list);
        }
        return matcher(list, method, false, form);
    }

    /**
     * Looks for values in a list; a problem says in which line of its file.
     *
     * @param resolvesNames whether a host's name stands for its address; then this may wait for name servers
     */
    public Matcher matcher(PatternList list, MatchMethod method, boolean ignoresCase, boolean resolvesNames)
            throws ParseProblem {
        if (method == MatchMethod.IP && resolvesNames) {
            resolveNames(list);
        }
        return matcher(list, method, ignoresCase, null);
    }

    /** From now on: what is added at run time is not resolved. */
    private static void resolveNames(PatternList list) {
        list.entries(PatternList.CURRENT).forEach(PatternEntry::resolveName);
    }

    private Matcher matcher(PatternList list, MatchMethod method, boolean ignoresCase, MapValue form)
            throws ParseProblem {
        try {
            return list.matcher(method, ignoresCase, form);
        } catch (ParseProblem problem) {
            PatternEntry culprit = list.name().isEmpty() ? null : culprit(list, method, ignoresCase);
            if (culprit == null) {
                throw problem;
            }
            throw new ParseProblem(
                    "%s at line %d of file '%s'",
                    problem.getMessage(), lineNumber(list.name(), culprit.reference()), list.name());
        }
    }

    /** The first entry that is not of the method's form. */
    private static PatternEntry culprit(PatternList list, MatchMethod method, boolean ignoresCase) {
        for (PatternEntry entry : list.entries(PatternList.CURRENT)) {
            try {
                PatternIndex.of(method, ignoresCase).load(List.of(entry));
            } catch (ParseProblem problem) {
                return entry;
            }
        }
        return null;
    }

    /** Where an entry stands in its file; comments and empty lines are none. */
    private int lineNumber(String file, long entryNumber) throws ParseProblem {
        int lineNumber = 0;
        long count = 0;
        for (String line : lines(file)) {
            lineNumber++;
            count += text(line) == null ? 0 : 1;
            if (count == entryNumber) {
                break;
            }
        }
        return lineNumber;
    }

    /** The list of that name, which is read at the first call, for one more user. */
    public PatternList list(String name, boolean isMap, PatternUser user) throws ParseProblem {
        PatternList list = list(name, isMap, user.folder());
        list.usedBy(user);
        return list;
    }

    /** The list of that name, which is read at the first call; a relative one begins in the folder. */
    public PatternList list(String name, boolean isMap, Path folder) throws ParseProblem {
        String bare = bare(name);
        PatternList list = byName.get(bare);
        boolean isRequired = !name.startsWith("opt@") && !name.startsWith("virt@");
        if (list == null || isRequired && missing.contains(bare)) {
            files.put(bare, folder.resolve(bare));
            list = create(name, bare, isMap);
        }
        if (list.isMap() != isMap) {
            throw new ParseProblem(
                    "The file \"%s\" is already used as %s column file and cannot be used by as %s column file.",
                    name, isMap ? "one" : "two", isMap ? "two" : "one");
        }
        return list;
    }

    private PatternList create(String name, String bare, boolean isMap) throws ParseProblem {
        PatternList list = new PatternList(bare, "pattern loaded from file '" + name + "'", isMap);
        PatternList live = model == null ? null : model.byName.get(bare);
        boolean isMissing = live == null && name.startsWith("opt@") && !Files.exists(files.get(bare));
        if (live != null) {
            list.load(live.texts());
        } else if (!name.startsWith("virt@") && !isMissing) {
            list.load(pairs(read(bare), isMap));
        }
        if (isMissing) {
            missing.add(bare);
        }
        byName.put(bare, list);
        number(list);
        return list;
    }

    /**
     * Patterns that stand in a line of the configuration.
     *
     * @param fetch what they are compared with, as written
     * @param id the number that the list shall have, if it matters
     */
    public PatternList inline(String fetch, OptionalInt id, String file, int line, List<String> patterns)
            throws ParseProblem {
        String origin = "acl '" + fetch + "' file '" + file + "' line " + line;
        PatternList list = new PatternList("", origin, false);
        boolean hasModel = model != null && inOrder.size() < model.inOrder.size();
        PatternList live = hasModel ? model.inOrder.get(inOrder.size()) : null;
        list.load(
                live != null
                        ? live.texts()
                        : patterns.stream()
                                .map(text -> new String[] {text, null})
                                .toList());
        if (id.isPresent()) {
            number(list, id.getAsInt());
        } else {
            number(list);
        }
        return list;
    }

    /** The least number that is free. */
    private void number(PatternList list) {
        inOrder.add(list);
        giveNextNumber(list);
    }

    private void giveNextNumber(PatternList list) {
        while (byId.containsKey(nextId)) {
            nextId++;
        }
        list.number(nextId);
        byId.put(nextId, list);
    }

    /** Lists that have theirs by themselves make room. */
    private void number(PatternList list, int id) throws ParseProblem {
        if (numbered.contains(byId.get(id))) {
            throw new ParseProblem("the id is already used");
        }
        inOrder.add(list);
        numbered.add(list);
        list.number(id);
        byId.clear();
        nextId = 0;
        numbered.forEach(one -> byId.put(one.id(), one));
        inOrder.stream().filter(one -> !numbered.contains(one)).forEach(this::giveNextNumber);
    }

    private static List<String[]> pairs(List<String> lines, boolean isMap) {
        List<String[]> pairs = new ArrayList<>(lines.size());
        for (String line : lines) {
            int end = isMap ? keyEnd(line) : line.length();
            pairs.add(new String[] {
                line.substring(0, end), isMap ? line.substring(end).strip() : null
            });
        }
        return pairs;
    }

    private static int keyEnd(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
            end++;
        }
        return end;
    }

    private List<String> read(String file) throws ParseProblem {
        return lines(file).stream()
                .map(PatternLists::text)
                .filter(Objects::nonNull)
                .toList();
    }

    private List<String> lines(String file) throws ParseProblem {
        try {
            return Files.readAllLines(files.get(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new ParseProblem("failed to open pattern file <%s>: No such file or directory", file);
        } catch (AccessDeniedException e) {
            throw new ParseProblem("failed to open pattern file <%s>: Permission denied", file);
        } catch (IOException e) {
            throw new ParseProblem("failed to open pattern file <%s>: %s", file, e.getMessage());
        }
    }

    /** What a line says; null if nothing. A sharp makes a comment only in the first column. */
    private static String text(String line) {
        String text = line.stripLeading();
        return line.startsWith("#") || text.isEmpty() ? null : text;
    }
}
