/**
 * Users with their passwords and groups: {@code userlist} sections. Immutable once built, shared by all loops; checking a password
 * that was not seen before costs what its hash costs.
 */
package dev.weir.userlist;
