package dev.weir.rule.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.rule.HttpFixture;
import dev.weir.rule.HttpRuleResult;
import dev.weir.rule.HttpRuleSet;
import dev.weir.rule.HttpRules;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NormalizerTest {
    private final HttpFixture fixture = new HttpFixture();

    @Test
    void shouldWriteTargetsAsHaproxyDoes() throws Exception {
        String text;
        try (var input = getClass().getResourceAsStream("/dev/weir/rule/normalizers.txt")) {
            text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
        HttpRules rules = null;
        String normalizer = "";
        for (String line : text.split("\n")) {
            if (line.startsWith("@ ")) {
                normalizer = line.substring(2);
                rules = fixture.rules(HttpRuleSet.REQUEST, "normalize-uri " + normalizer);
            } else if (!line.startsWith("#")) {
                String[] sides = line.split(" -> ");
                // the parser of requests adds this slash
                String target = sides[0].equals("http://h.x") ? "http://h.x/" : sides[0];
                assertThat(normalised(rules, target))
                        .as(normalizer + " of " + target)
                        .isEqualTo(sides[1]);
            }
        }
    }

    private String normalised(HttpRules rules, String target) {
        fixture.request("GET " + target + " HTTP/1.1\nHost: h.x");
        HttpRuleResult result = fixture.evaluate(rules);
        return result == HttpRuleResult.DENY
                ? Integer.toString(rules.reply(fixture.stream).status())
                : fixture.exchange.request().text(fixture.exchange.request().target());
    }
}
