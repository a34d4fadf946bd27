package dev.weir.bench.product;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bench.machine.CpuSet;
import dev.weir.bench.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigurationTest {
    private static final Path ROOT = Path.of("/weir");

    private static Setup setup(Mode mode, String cpus, boolean splices, boolean spins) {
        return new Setup(mode, CpuSet.parse(cpus), 8001, 8000, splices, false, spins, 9000, Path.of("/work"));
    }

    private static Setup withRules() {
        return new Setup(Mode.HTTP, CpuSet.parse("0"), 8001, 8000, false, true, false, 9000, Path.of("/work"));
    }

    private static String text(Product product, Setup setup) {
        return product.configuration(new Installed(product, Path.of("/bin/true"), "1.0"), setup);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void shouldGiveHaproxyAndWeirTheSameLines(Mode mode) {
        Setup setup = setup(mode, "2-3", true, true);

        String haproxy = text(new Haproxy(), setup);
        String weir = text(new WeirProxy(ROOT), setup);

        assertThat(weir.replace("# weir", "# haproxy")).isEqualTo(haproxy);
        assertThat(haproxy)
                .contains("nbthread 2", "cpu-map auto:1/1-2 2-3", "busy-polling", "option splice-auto")
                .contains("bind 127.0.0.1:8001 backlog 4096", "server origin 127.0.0.1:8000");
    }

    /** It takes a relative name for one in the folder that it was given. */
    @Test
    void shouldTellNginxTheWholePathOfItsConfiguration() {
        var nginx = new Nginx();
        var installed = new Installed(nginx, Path.of("/bin/true"), "1.0");

        assertThat(nginx.command(installed, setup(Mode.TCP, "0", false, false), Path.of("report/nginx.conf")))
                .endsWith("-c", Path.of("report/nginx.conf").toAbsolutePath().toString());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void shouldLeaveOutWhatIsNotAskedFor(Mode mode) {
        String haproxy = text(new Haproxy(), setup(mode, "1", false, false));

        assertThat(haproxy).doesNotContain("cpu-map", "busy-polling", "splice").doesNotContain("    \n");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void shouldGiveNginxAsManyWorkersAsOthersHaveThreads(Mode mode) {
        assertThat(text(new Nginx(), setup(mode, "2-3", true, true)))
                .contains("worker_processes 2;", "worker_cpu_affinity 100 1000;", "backlog=4096 reuseport;")
                .contains("access_log off;", "127.0.0.1:8000");
        assertThat(text(new Nginx(), setup(mode, "0", false, false)))
                .contains("worker_processes 1;", "worker_cpu_affinity 1;", "backlog=4096;");
    }

    @Test
    void shouldSayTheSameRulesToAll() {
        assertThat(text(new WeirProxy(ROOT), withRules()).replace("# weir", "# haproxy"))
                .isEqualTo(text(new Haproxy(), withRules()))
                .satisfies(text -> assertThat(text.lines().filter(line -> line.contains(" acl ")))
                        .hasSize(5))
                .satisfies(text -> assertThat(text.lines().filter(line -> line.contains("set-header")))
                        .hasSize(3));
        assertThat(text(new Nginx(), withRules()))
                .contains("$is_robot", "$is_unknown_write", "X-Visitor", "X-Forwarded-Proto", "X-Frame-Options")
                .contains("location ^~ /admin/", "location ~ \\.(css|js|png|jpg)$");
        assertThat(text(new Nginx(), setup(Mode.HTTP, "0", false, false))).doesNotContain("robot", "X-Frame");
    }

    /** By the program itself: {@code weir -c}. */
    @Test
    void shouldBeAccepted(@TempDir Path folder) throws IOException, InterruptedException {
        List<Setup> setups = List.of(setup(Mode.TCP, "0", true, true), setup(Mode.HTTP, "0", true, true), withRules());
        for (int i = 0; i < setups.size(); i++) {
            Path file = folder.resolve(i + ".cfg");
            Files.writeString(file, text(new WeirProxy(ROOT), setups.get(i)));
            Process check = new ProcessBuilder(
                            JavaCommand.of("dev.weir.launch.Main", List.of("-c", "-f", file.toString())))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(check.getInputStream().readAllBytes(), UTF_8);

            assertThat(check.waitFor()).as(said).isZero();
            assertThat(said).doesNotContain("WARNING");
        }
    }

    @Test
    void shouldNotFillATemplateHalf() {
        assertThatThrownBy(() -> new Template("proxy-tcp.cfg").fill(Map.of("product", "x")))
                .hasMessageContaining("no value for");
    }

    @Test
    void shouldAdviseHowToGetEachProduct() {
        List<Product> all = Products.all(ROOT);

        assertThat(all).extracting(Product::name).doesNotHaveDuplicates().contains(Products.BASELINE);
        all.forEach(product -> assertThat(product.advice()).isNotBlank());
    }
}
