package dev.weir.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sample.Allocation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The counts are those of HAProxy 3.2's {@code req.hdr_cnt}. */
class ListValuesTest {
    private static final FieldName LIST = FieldName.of("x-list");

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "a                > a",
                "a,b              > a|b",
                "a,               > a|",
                "''               > ''",
                ",                > |",
                "a,,b             > a||b",
                "' a , b '        > a|b",
                "'\"a,b\",c'      > '\"a,b\"|c'",
                "'\"a\\\",b\",c'  > '\"a\\\",b\"|c'",
                "'\"a,b'          > '\"a,b'",
                "'  '             > ''",
            })
    void shouldSeparateAtCommasOutsideQuotes(String value, String expected) {
        var head = TestHeads.request("/", "X-List", value);

        assertThat(String.join("|", walk(head))).isEqualTo(expected);
    }

    @Test
    void shouldWalkTheFieldsOfTheNameInOrder() {
        var head = TestHeads.request("/", "x-list", "a, b", "other", "x", "X-LIST", "", "x-lisT", "c");

        assertThat(walk(head)).containsExactly("a", "b", "", "c");
    }

    @Test
    void shouldWalkOneFieldOnly() {
        var head = TestHeads.request("/", "x-list", "a", "x-list", "b,c");
        var values = new ListValues().startField(head, 1);

        assertThat(values.next()).isTrue();
        assertThat(values.field()).isEqualTo(1);
        assertThat(values.is(FieldName.of("B"))).isTrue();
        assertThat(values.next()).isTrue();
        assertThat(values.is(FieldName.of("b"))).isFalse();
        assertThat(values.next()).isFalse();
        assertThat(values.next()).isFalse();
    }

    @Test
    void shouldFindNothingWhereThereIsNoField() {
        assertThat(walk(TestHeads.request("/", "y-list", "a"))).isEmpty();
    }

    @Test
    void shouldWalkWithoutAllocating() {
        var head = TestHeads.request("/", "x-list", "a, b, c", "Cookie", "a=b; c=d");
        var values = new ListValues();
        var pairs = new CookiePairs();

        int[] count = new int[1];
        Allocation.assertAllocatesNothing(10_000, () -> {
            for (values.start(head, LIST); values.next(); ) {
                count[0]++;
            }
            for (pairs.start(head); pairs.next(); ) {
                count[0]++;
            }
        });

        assertThat(count[0] % 5).isZero();
    }

    private static List<String> walk(MessageHead head) {
        List<String> found = new ArrayList<>();
        var values = new ListValues().start(head, LIST);
        while (values.next()) {
            found.add(head.text(values.value()));
        }
        return found;
    }
}
