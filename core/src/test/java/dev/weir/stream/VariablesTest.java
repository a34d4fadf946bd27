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
        process.limits = new VariableLimits(0, 360, 240, 120, 0);
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
    void shouldCountWhatSessionsHoldInTheLimitOfTheProcess() {
        process.limits = new VariableLimits(200, 0, 0, 0, 0);
        Stream first = process.stream();
        Stream second = process.stream();

        assertThat(set(first, "txn.a", "x".repeat(20))).isTrue();
        assertThat(set(second, "sess.a", "x".repeat(21))).isFalse();
        assertThat(set(second, "sess.a", "x".repeat(20))).isTrue();
        assertThat(set(second, "proc.a", "")).isFalse();

        first.variables().clear();

        assertThat(set(second, "proc.a", "x".repeat(20))).isTrue();
        second.variables().unset(names.resolve("sess.a"));
        assertThat(set(first, "txn.b", "x".repeat(20))).isTrue();
        first.variables().clear(Scope.TXN);
        assertThat(set(second, "res.a", "x".repeat(20))).isTrue();
    }

    @Test
    void shouldGiveBackWhatWasTakenUnderALimitThatIsGone() {
        process.limits = new VariableLimits(100, 0, 0, 0, 0);
        Stream limited = process.stream();
        set(limited, "sess.a", "x");
        process.limits = VariableLimits.NONE;
        process.start(limited);
        set(limited, "sess.a", "x".repeat(300));
        limited.variables().clear();
        process.limits = new VariableLimits(100, 0, 0, 0, 0);

        assertThat(set(process.stream(), "sess.a", "x".repeat(20))).isTrue();
    }

    @Test
    void shouldLimitACheckByItsOwnLimitAndNotByThatOfExchanges() {
        process.limits = new VariableLimits(0, 0, 10, 10, 100);
        Stream check = process.stream();

        assertThat(set(check, "check.a", "x".repeat(20))).isTrue();
        assertThat(set(check, "check.b", "")).isFalse();
    }

    @Test
    void shouldFollowWhatAConfigurationSaysOtherwiseThanTheOneBefore() {
        ProcessVariables before = declared("proc.kept", "1", "proc.changed", "1", "proc.gone", "1");
        ProcessVariables now = declared("proc.kept", "1", "proc.changed", "2", "proc.added", "1");
        ProcessVariables running = new ProcessVariables();
        running.follow(new ProcessVariables(), before);
        put(running, "proc.kept", "of run time");
        put(running, "proc.changed", "of run time");
        put(running, "proc.own", "of run time");

        running.follow(before, now);

        assertThat(text(running, "proc.kept")).isEqualTo("of run time");
        assertThat(text(running, "proc.changed")).isEqualTo("2");
        assertThat(text(running, "proc.gone")).isNull();
        assertThat(text(running, "proc.added")).isEqualTo("1");
        assertThat(text(running, "proc.own")).isEqualTo("of run time");
    }

    private ProcessVariables declared(String... namesAndValues) {
        ProcessVariables variables = new ProcessVariables();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            put(variables, namesAndValues[i], namesAndValues[i + 1]);
        }
        return variables;
    }

    private void put(ProcessVariables variables, String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        variables.bytes(
                names.resolve(name), ValueType.STR, 0, new UnsafeBuffer(bytes), 0, bytes.length, VariableLimits.NONE);
    }

    private String text(ProcessVariables variables, String name) {
        Variable variable = variables.get(names.resolve(name).id());
        return variable == null ? null : new String(variable.bytes(), 0, variable.length(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldRefuseNamesWithoutScopeOrWithOddCharacters() {
        assertThatThrownBy(() -> names.resolve("a")).hasMessageContaining("scope");
        assertThatThrownBy(() -> names.resolve("foo.a")).hasMessageContaining("scope");
        assertThatThrownBy(() -> names.resolve("txn.")).hasMessageContaining("invalid syntax");
        assertThatThrownBy(() -> names.resolve("txn.a-b")).hasMessageContaining("invalid syntax");
    }
}
