package dev.weir.launch;

import java.nio.charset.StandardCharsets;

/**
 * A proxy without a file: {@code --listen <address> --to <address>[,...] [--mode tcp] [--balance <algorithm>] [--check]}. It is
 * written down in the configuration language, so that it means the same as a file.
 */
public record QuickSetup(String listen, String to, String mode, String balance, boolean check) {

    /** What a file would say. */
    public byte[] toConfiguration() {
        var text = new StringBuilder(256);
        text.append("defaults\n mode ")
                .append(quoted(mode))
                .append("\n timeout connect 5s\n timeout client 1h\n")
                .append(" timeout server 1h\n timeout check 5s\nlisten weir\n bind ")
                .append(quoted(listen))
                .append('\n');
        if (!balance.isEmpty()) {
            text.append(" balance ").append(quoted(balance)).append('\n');
        }
        int number = 0;
        for (String address : to.split(",")) {
            text.append(" server s")
                    .append(++number)
                    .append(' ')
                    .append(quoted(address))
                    .append(check ? " check\n" : "\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** One word, whatever is in it. */
    private static String quoted(String word) {
        var out = new StringBuilder(word.length() + 2).append('\'');
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            switch (c) {
                case '\'' -> out.append("'\\''");
                case '\n', '\r', 0 -> out.append('?');
                default -> out.append(c);
            }
        }
        return out.append('\'').toString();
    }
}
