package dev.weir.acl;

import dev.weir.sample.ParseContext;
import dev.weir.sample.Scratch;
import dev.weir.sample.StreamTest;
import dev.weir.sample.Verdict;
import dev.weir.stream.Stream;
import java.util.ArrayList;
import java.util.List;

/** A named ACL: passes if one of the lines of that name does. Grows while the section is parsed, then is only read. */
public final class Acl implements StreamTest {
    private final String name;
    private final List<AclTest> lines = new ArrayList<>();
    private AclTest[] tests = {};

    Acl(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    void add(AclTest line) {
        lines.add(line);
        tests = lines.toArray(new AclTest[0]);
    }

    List<AclTest> lines() {
        return List.copyOf(lines);
    }

    /** Whether at least one line of it can have a value in the rule of that line. */
    boolean isAvailableAt(ParseContext rule) {
        return lines.stream().anyMatch(line -> line.isAvailableAt(rule));
    }

    @Override
    public Verdict test(Stream stream, Scratch scratch) {
        Verdict verdict = Verdict.FAIL;
        for (AclTest test : tests) {
            verdict = verdict.or(test.test(stream, scratch));
            if (verdict == Verdict.PASS) {
                return verdict;
            }
        }
        return verdict;
    }
}
