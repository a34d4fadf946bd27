package dev.weir.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acl.AclBook;
import dev.weir.log.LogFormatParser;
import dev.weir.rule.action.PatternEffects;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleNames;
import dev.weir.sample.SampleType;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import dev.weir.sample.Verdict;
import dev.weir.sample.Words;
import dev.weir.stream.Stream;
import org.junit.jupiter.api.Test;

class PatternEffectsTest {
    private static final ExpressionParser EXPRESSIONS = new ExpressionParser(SampleNames.standard());

    private final TestContext context = new TestContext();
    private final Scratch scratch = new Scratch(1);
    private final Stream stream = context.process.stream();
    private final ActionTools tools = new ActionTools(EXPRESSIONS, new LogFormatParser(EXPRESSIONS), context, null);

    private String value(String expression) throws ParseProblem {
        Sample sample = scratch.take();
        boolean isPresent = EXPRESSIONS.parse(expression, context).evaluateAs(stream, sample, SampleType.STRING);
        String text = isPresent ? sample.bytes().getStringWithoutLengthUtf8(0, sample.length()) : null;
        scratch.release(sample);
        return text;
    }

    @Test
    void shouldChangeMaps() throws ParseProblem {
        Effect set = PatternEffects.setMap("set-map(virt@m)", Words.of("%[src]", "v%[int(5)]"), tools);
        Effect delete = PatternEffects.deleteMap("del-map(virt@m)", Words.of("%[src]"), tools);
        assertThat(value("src,map_ip(virt@m,none)")).isEqualTo("none");

        set.apply(stream, scratch);
        assertThat(value("src,map_ip(virt@m,none)")).isEqualTo("v5");

        delete.apply(stream, scratch);
        assertThat(value("src,map_ip(virt@m,none)")).isEqualTo("none");
    }

    @Test
    void shouldRefuseWhatTheListsUsersCannotRead() throws ParseProblem {
        assertThat(value("str(k),map_str_int(virt@numbers,7)")).isEqualTo("7");
        long before = PatternEffects.refusedCount();

        PatternEffects.setMap("set-map(virt@numbers)", Words.of("k", "text"), tools)
                .apply(stream, scratch);

        assertThat(PatternEffects.refusedCount()).isEqualTo(before + 1);
        assertThat(value("str(k),map_str_int(virt@numbers,7)")).isEqualTo("7");
    }

    @Test
    void shouldChangeTests() throws ParseProblem {
        AclBook acls = new AclBook(EXPRESSIONS);
        acls.define(Words.of("blocked", "src", "-f", "virt@blocked"), context);
        var blocked = acls.find("blocked", context);
        Effect add = PatternEffects.addAcl("add-acl(virt@blocked)", Words.of("%[src]"), tools);
        Effect delete = PatternEffects.deleteAcl("del-acl(virt@blocked)", Words.of("%[src]"), tools);
        assertThat(blocked.test(stream, scratch)).isEqualTo(Verdict.FAIL);

        add.apply(stream, scratch);
        add.apply(stream, scratch);
        assertThat(blocked.test(stream, scratch)).isEqualTo(Verdict.PASS);
        assertThat(context.patterns.find("virt@blocked").entries(0)).hasSize(1);

        delete.apply(stream, scratch);
        assertThat(blocked.test(stream, scratch)).isEqualTo(Verdict.FAIL);
    }
}
