package dev.weir.sample.pattern;

import dev.weir.sample.Casts;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sync.SpinLock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A list of patterns, or of keys with values, under a name that all who mention it share. All loops match against it without a
 * lock; changes at run time come one after another from any thread, and are seen by all loops from their next look on. A change of
 * a list of regular expressions, networks or substrings builds its index anew; one of strings or prefixes costs the same however
 * long the list is.
 *
 * <p>Versions: {@link #prepare} begins an empty one beside the present one, entries are added to it by its number, and
 * {@link #commit} puts it in force in one step.
 */
public final class PatternList {
    /** The version in force, for methods that take one. */
    public static final int CURRENT = 0;

    /** Guards everything but {@link #current} for those who look. Rules change lists, too, so nobody may wait for it parked. */
    private final SpinLock lock = new SpinLock();

    private volatile int id;
    private final String name;
    private final String origin;
    private final boolean isMap;
    private final List<Form> forms = new ArrayList<>();
    private final Set<Look> looks = new LinkedHashSet<>();
    private final List<PatternUser> users = new ArrayList<>();
    private final Set<MapValue> values = EnumSet.noneOf(MapValue.class);
    private final Map<Integer, PatternVersion> prepared = new TreeMap<>();
    private volatile PatternVersion current = new PatternVersion();
    private int lastVersion;
    private int currentNumber;
    private long lastReference;

    private record Form(MatchMethod method, boolean ignoresCase) {}

    /** A way to look that rules use; the value is null where none is asked for. */
    private record Look(Form form, MapValue value) {}

    /**
     * What looking for a value finds.
     *
     * @param value the form of the value that is asked for, null if none is
     * @param entry null if there is none
     */
    public record Finding(MatchMethod method, boolean ignoresCase, MapValue value, PatternEntry entry) {}

    /**
     * A list without entries.
     *
     * @param name of its file, or empty for patterns that stand in the configuration
     * @param origin where it comes from, for people
     */
    PatternList(String name, String origin, boolean isMap) {
        this.name = name;
        this.origin = origin;
        this.isMap = isMap;
    }

    /** Number among all lists of a configuration. */
    public int id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** Where it comes from and who uses it, for people. */
    public String description() {
        lock.lock();
        try {
            return users.isEmpty()
                    ? origin
                    : origin + " used "
                            + String.join(
                                    ", ", users.stream().map(PatternUser::text).toList());
        } finally {
            lock.unlock();
        }
    }

    /** Whether something looks at it as a map, or as an ACL; a map may be both. */
    public boolean isUsedAs(boolean asMap) {
        lock.lock();
        try {
            return users.isEmpty() ? isMap == asMap : users.stream().anyMatch(user -> user.isMap() == asMap);
        } finally {
            lock.unlock();
        }
    }

    /** Whether entries have values. */
    public boolean isMap() {
        return isMap;
    }

    // ---- while the configuration is read ----

    void number(int id) {
        this.id = id;
    }

    void usedBy(PatternUser user) {
        lock.lock();
        try {
            users.add(user);
        } finally {
            lock.unlock();
        }
    }

    /** Looks for values in this list, whatever it will hold. */
    public Matcher matcher(MatchMethod method, boolean ignoresCase) throws ParseProblem {
        return matcher(method, ignoresCase, null);
    }

    /** @param value what will be asked of what is found, null if nothing */
    Matcher matcher(MatchMethod method, boolean ignoresCase, MapValue value) throws ParseProblem {
        lock.lock();
        try {
            Form form = new Form(method, ignoresCase);
            looks.add(new Look(form, value));
            int position = forms.indexOf(form);
            if (position < 0) {
                current.addIndex(PatternIndex.of(method, ignoresCase));
                forms.add(form);
                position = forms.size() - 1;
            }
            int index = position;
            return sample -> current.index(index).match(sample);
        } finally {
            lock.unlock();
        }
    }

    /** Has all values read in that form, too; a problem if one cannot be. */
    void want(MapValue form) throws ParseProblem {
        lock.lock();
        try {
            if (values.contains(form)) {
                return;
            }
            Set<MapValue> more = EnumSet.of(form);
            more.addAll(values);
            for (PatternEntry entry : List.copyOf(current.entries())) {
                current.put(entry.withValue(entry.value(), more));
            }
            values.add(form);
            current.load();
        } finally {
            lock.unlock();
        }
    }

    /** Adds many at once. */
    void load(List<String[]> keysAndValues) throws ParseProblem {
        lock.lock();
        try {
            for (String[] pair : keysAndValues) {
                current.put(entry(pair[0], pair[1]));
            }
            current.load();
        } finally {
            lock.unlock();
        }
    }

    private PatternEntry entry(String text, String value) throws ParseProblem {
        return new PatternEntry(++lastReference, text, value, values);
    }

    // ---- at run time ----

    /** Appends an entry, whether there is one of that text or not. */
    public void add(int version, String text, String value) throws ParseProblem {
        lock.lock();
        try {
            version(version).add(entry(text, value));
        } finally {
            lock.unlock();
        }
    }

    /** Gives all entries of that text another value. @return whether there are any */
    public boolean set(String text, String value) throws ParseProblem {
        lock.lock();
        try {
            List<PatternEntry> entries = current.named(text);
            for (PatternEntry old : entries) {
                current.replace(old, old.withValue(value, values));
            }
            return !entries.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Gives an entry another value. @return whether there is such an entry */
    public boolean set(long reference, String value) throws ParseProblem {
        lock.lock();
        try {
            PatternEntry old = current.entry(reference);
            if (old != null) {
                current.replace(old, old.withValue(value, values));
            }
            return old != null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether an entry has that text. */
    public boolean has(String text) {
        lock.lock();
        try {
            return !current.named(text).isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes out all entries of that text. @return whether there were any */
    public boolean remove(String text) throws ParseProblem {
        lock.lock();
        try {
            List<PatternEntry> entries = current.named(text);
            for (PatternEntry entry : entries) {
                current.remove(entry);
            }
            return !entries.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes out an entry. @return whether there was such an entry */
    public boolean remove(long reference) throws ParseProblem {
        lock.lock();
        try {
            PatternEntry entry = current.entry(reference);
            if (entry != null) {
                current.remove(entry);
            }
            return entry != null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out all entries of a version, if there is such a version; a prepared one stays prepared. */
    public void clear(int version) throws ParseProblem {
        lock.lock();
        try {
            if (version == CURRENT || version == currentNumber) {
                current = empty();
            } else if (prepared.containsKey(version)) {
                prepared.put(version, empty());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Begins a version and gives its number. */
    public int prepare() throws ParseProblem {
        lock.lock();
        try {
            prepared.put(++lastVersion, empty());
            return lastVersion;
        } finally {
            lock.unlock();
        }
    }

    /** Puts a prepared version in force; those prepared before it are given up. */
    public void commit(int version) throws ParseProblem {
        lock.lock();
        try {
            if (!prepared.containsKey(version)) {
                throw new ParseProblem("Version number out of range");
            }
            current = version(version);
            currentNumber = version;
            prepared.keySet().removeIf(number -> number <= version);
        } finally {
            lock.unlock();
        }
    }

    /** Number of the version in force. */
    public int currentVersion() {
        lock.lock();
        try {
            return currentNumber;
        } finally {
            lock.unlock();
        }
    }

    /** Number of the version that was prepared last. */
    public int nextVersion() {
        lock.lock();
        try {
            return lastVersion;
        } finally {
            lock.unlock();
        }
    }

    private PatternVersion version(int number) throws ParseProblem {
        if (number > lastVersion) {
            throw new ParseProblem(
                    "Version number in the future, please use 'prepare %s' before", isMap ? "map" : "acl");
        }
        PatternVersion version = number == CURRENT || number == currentNumber ? current : prepared.get(number);
        if (version == null) {
            throw new ParseProblem("Version number out of range");
        }
        return version;
    }

    private PatternVersion empty() throws ParseProblem {
        PatternVersion version = new PatternVersion();
        for (Form form : forms) {
            version.addIndex(PatternIndex.of(form.method, form.ignoresCase));
        }
        return version;
    }

    /** All entries of a version, in order; none of one that is not there. */
    public List<PatternEntry> entries(int version) {
        lock.lock();
        try {
            PatternVersion wanted = version == CURRENT || version == currentNumber ? current : prepared.get(version);
            return wanted == null ? List.of() : List.copyOf(wanted.entries());
        } finally {
            lock.unlock();
        }
    }

    /** Keys and values of the version in force. */
    List<String[]> texts() {
        lock.lock();
        try {
            return current.entries().stream()
                    .map(entry -> new String[] {entry.text(), entry.value()})
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** How many entries there are in all versions. */
    public int entryCount() {
        lock.lock();
        try {
            return current.entries().size()
                    + prepared.values().stream()
                            .mapToInt(version -> version.entries().size())
                            .sum();
        } finally {
            lock.unlock();
        }
    }

    /** Looks for a text in the version in force as each rule that uses the list would. */
    public List<Finding> lookUp(String text, Sample scratch) {
        lock.lock();
        try {
            List<Finding> findings = new ArrayList<>();
            for (Look look : looks) {
                Form form = look.form;
                scratch.string(text.getBytes(StandardCharsets.UTF_8));
                boolean isOfType = Casts.cast(scratch, form.method.input());
                PatternEntry entry =
                        isOfType ? current.index(forms.indexOf(form)).match(scratch) : null;
                findings.add(new Finding(form.method, form.ignoresCase, look.value, entry));
            }
            return findings;
        } finally {
            lock.unlock();
        }
    }
}
