package dev.weir.config.compile;

import dev.weir.config.model.ByteText;
import dev.weir.sample.Words;
import java.util.ArrayList;
import java.util.List;

/** From the words of the model, which hold bytes, to those that parsers of expressions and rules read. No state. */
final class LineWords {
    private LineWords() {}

    static Words of(List<String> byteStrings) {
        List<String> words = new ArrayList<>(byteStrings.size());
        for (String word : byteStrings) {
            words.add(ByteText.toNative(word));
        }
        return new Words(words);
    }
}
