package dev.weir.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * Which arguments a fetch or converter takes. Declared as text, such as {@code "sint,str,[sint]"}: types in order, optional
 * ones in brackets at the end.
 */
final class ArgumentSpec {
    private final String text;
    private final List<ArgumentType> types = new ArrayList<>();
    private int mandatoryCount;

    ArgumentSpec(String text) {
        this.text = text;
        for (String word : text.isEmpty() ? new String[0] : text.split(",")) {
            boolean isOptional = word.startsWith("[");
            types.add(ArgumentType.of(isOptional ? word.substring(1, word.length() - 1) : word));
            if (!isOptional) {
                mandatoryCount = types.size();
            }
        }
    }

    int countMax() {
        return types.size();
    }

    int mandatoryCount() {
        return mandatoryCount;
    }

    ArgumentType type(int position) {
        return types.get(position);
    }

    @Override
    public String toString() {
        return text;
    }
}
