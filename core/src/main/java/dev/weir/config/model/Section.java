package dev.weir.config.model;

/** One section as written; nothing is resolved yet. Closed set: the compiler's switch handles each. */
public sealed interface Section
        permits GlobalSection, ProxySection, HttpErrorsSection, UserListSection, ResolversSection {
    /** The line that opens it. */
    Position at();
}
