package dev.weir.persist;

import java.nio.charset.StandardCharsets;

/** A backend's {@code cookie} line. Filled once, then only read. */
public final class CookieSettings {
    /** Who makes the cookie. */
    public enum Mode {
        /** The server, and it is only looked at. */
        PASSIVE,
        /** The server; its value is replaced. */
        REWRITE,
        /** We do. */
        INSERT,
        /** The server, for its own purposes; its value gets a prefix. */
        PREFIX
    }

    final byte[] name;
    public Mode mode = Mode.PASSIVE;
    /** {@code indirect}: only who needs the cookie sees it. */
    public boolean isIndirect;
    /** {@code nocache}: an answer with our cookie is made private. */
    public boolean isNoCache;
    /** {@code postonly}: set on answers to POST alone. */
    public boolean isPostOnly;
    /** {@code preserve}: the server's own cookie is left as it is. */
    public boolean isPreserved;
    /** {@code maxidle} in seconds, 0 for none. */
    public int maxIdleSeconds;
    /** {@code maxlife} in seconds, 0 for none. */
    public int maxLifeSeconds;
    /** Whether the backend's {@code cookie} line has any mode or option: its letters are logged. */
    public boolean isLogged;

    private byte[] attributes = {};

    /** @param name one char for each byte, as configurations have it */
    public CookieSettings(String name) {
        this.name = bytes(name);
    }

    /** One char for each byte, as configurations have it. */
    public String name() {
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    /** What follows {@code path=/}, as it will stand there: {@code ; domain=.example.org; HttpOnly}. */
    public void attributes(String text) {
        attributes = bytes(text);
    }

    byte[] attributes() {
        return attributes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
