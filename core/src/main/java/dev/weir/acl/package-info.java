/**
 * ACLs: tests of an expression against patterns, named or in braces, and conditions made of them. Answers have three values,
 * because a test may have to wait for more input. Compiled once, immutable, shared by all loops; testing allocates nothing.
 */
package dev.weir.acl;
