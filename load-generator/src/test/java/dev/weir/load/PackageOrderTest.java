package dev.weir.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Imports point down the list; of the project's other modules only the bridge's transport is seen, and signals. */
class PackageOrderTest {
    private static final String BASE = "dev.weir.load";
    private static final List<String> ORDER =
            List.of("", ".command", ".report", ".run", ".origin", ".loop", ".plan", ".http");

    @Test
    void shouldImportDownwardsOnly() {
        TreeSet<String> wrong = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(BASE)) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String problem = problem(type, dependency.getTargetClass());
                if (problem != null) {
                    wrong.add(problem);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static String problem(JavaClass from, JavaClass to) {
        String target = to.getPackageName();
        if (!target.startsWith("dev.weir")) {
            return null;
        }
        if (!target.startsWith(BASE)) {
            return isSeen(to) ? null : from.getName() + " uses " + to.getName();
        }
        int own = rank(from.getPackageName());
        return own >= 0 && rank(target) >= own ? null : from.getName() + " looks up to " + to.getName();
    }

    private static boolean isSeen(JavaClass ofAnotherModule) {
        return ofAnotherModule.getPackageName().equals("dev.weir.bridge.transport")
                || ofAnotherModule.getName().equals("dev.weir.bridge.kernel.Signals");
    }

    private static int rank(String packageName) {
        return ORDER.indexOf(packageName.substring(BASE.length()));
    }
}
