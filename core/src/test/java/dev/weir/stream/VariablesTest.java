package dev.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class VariablesTest {
    private final VariableNames names = new VariableNames();
    private final FakeProcess process = new FakeProcess();

    private boolean set(Stream stream, String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return stream.variables()
                .bytes(names.resolve(name), ValueType.STR, 0, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private String get(Stream stream, String name) {
        Variable variable = stream.variables().get(names.resolve(name));
        return variable == null ? null : new String(variable.bytes(), 0, variable.length(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldKeepScopesApart() {
        Stream stream = process.stream();
        set(stream, "sess.a", "one");
        set(stream, "txn.a", "two");
        set(stream, "req.a", "three");

        stream.variables().clear(Scope.REQ);

        assertThat(get(stream, "sess.a")).isEqualTo("one");
        assertThat(get(stream, "txn.a")).isEqualTo("two");
        assertThat(get(stream, "req.a")).isNull();
    }

    @Test
    void shouldForgetAllButProcessVariablesWithTheSession() {
        Stream stream = process.stream();
        set(stream, "sess.a", "one");
        set(stream, "proc.a", "kept");

        process.start(stream);

        assertThat(get(stream, "sess.a")).isNull();
        assertThat(get(stream, "proc.a")).isEqualTo("kept");
        assertThat(get(process.stream(), "proc.a")).isEqualTo("kept");
    }

    @Test
    void shouldReplaceAndUnset() {
        Stream stream = process.stream();
        set(stream, "txn.a", "a long value that needs room");
        set(stream, "txn.a", "short");

        assertThat(get(stream, "txn.a")).isEqualTo("short");
        assertThat(stream.variables().unset(names.resolve("txn.a"))).isTrue();
        assertThat(stream.variables().unset(names.resolve("txn.a"))).isFalse();
        assertThat(get(stream, "txn.a")).isNull();
    }

    @Test
    void shouldRespectLimits() {
        process.limits = new VariableLimits(0, 300, 200, 100);
        Stream stream = process.stream();

        assertThat(set(stream, "req.a", "x".repeat(30))).isTrue();
        assertThat(set(stream, "req.b", "x")).isFalse();
        assertThat(set(stream, "txn.a", "x".repeat(30))).isTrue();
        assertThat(set(stream, "txn.b", "x")).isFalse();
        assertThat(set(stream, "sess.a", "x".repeat(30))).isTrue();
        assertThat(set(stream, "sess.b", "x")).isFalse();
        assertThat(get(stream, "req.a")).hasSize(30);
    }

    @Test
    void shouldRefuseNamesWithoutScopeOrWithOddCharacters() {
        assertThatThrownBy(() -> names.resolve("a")).hasMessageContaining("scope");
        assertThatThrownBy(() -> names.resolve("foo.a")).hasMessageContaining("scope");
        assertThatThrownBy(() -> names.resolve("txn.")).hasMessageContaining("invalid syntax");
        assertThatThrownBy(() -> names.resolve("txn.a-b")).hasMessageContaining("invalid syntax");
    }
}
