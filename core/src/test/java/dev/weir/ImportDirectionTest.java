package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Packages stand in the order in which control flows; imports point down the list, never up. */
class ImportDirectionTest {
    /** From top to bottom. A package that is missing here is found by {@link #shouldKnowEveryPackage}. */
    private static final List<String> ORDER = List.of(
            "launch",
            "config",
            "cli",
            "proxy",
            "listen",
            "persist",
            "server",
            "rule",
            "acl",
            "log",
            "resolver",
            "sample",
            "balance",
            "stream",
            "stick",
            "userlist",
            "protocol",
            "clock",
            "stats",
            "sync");

    private static final String BASE = "dev.weir.";
    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.weir");
    }

    private static String roomOf(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(BASE) || name.startsWith(BASE + "bridge")) {
            return null;
        }
        String rest = name.substring(BASE.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    @Test
    void shouldKnowEveryPackage() {
        TreeSet<String> rooms = new TreeSet<>();
        for (JavaClass type : classes) {
            if (roomOf(type) != null) {
                rooms.add(roomOf(type));
            }
        }

        assertThat(ORDER).containsAll(rooms);
        assertThat(rooms).hasSizeGreaterThan(10);
    }

    @Test
    void shouldImportDownwardsOnly() {
        TreeSet<String> upwards = new TreeSet<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String from = roomOf(type);
                String to = roomOf(dependency.getTargetClass().getBaseComponentType());
                if (from != null && to != null && ORDER.indexOf(to) < ORDER.indexOf(from)) {
                    upwards.add(type.getName() + " -> "
                            + dependency.getTargetClass().getBaseComponentType().getName());
                }
            }
        }

        assertThat(upwards).isEmpty();
    }

    @Test
    void shouldKeepTheBridgeFreeOfTheProxy() {
        TreeSet<String> upwards = new TreeSet<>();
        for (JavaClass type : classes) {
            boolean isBridge = type.getPackageName().startsWith(BASE + "bridge");
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                if (isBridge && roomOf(dependency.getTargetClass()) != null) {
                    upwards.add(type.getName() + " -> "
                            + dependency.getTargetClass().getName());
                }
            }
        }

        assertThat(upwards).isEmpty();
    }

    /** The proxy sees the bridge's transport; the kernel only where no transport is involved. */
    @Test
    void shouldSeeNoImplementationOfTheTransport() {
        TreeSet<String> tooDeep = new TreeSet<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getPackageName();
                boolean isHidden =
                        target.startsWith(BASE + "bridge.transport.") || target.startsWith(BASE + "bridge.ring");
                if (roomOf(type) != null && isHidden) {
                    tooDeep.add(type.getName() + " -> " + target);
                }
            }
        }

        assertThat(tooDeep).isEmpty();
    }
}
