/**
 * What rules may do, one family a file, one row for each action in a table. Actions of HTTP rules edit the exchange's heads in place
 * and leave what needs I/O to the session; effects are shared with TCP rules. Parsed while the configuration is compiled; running
 * one allocates nothing.
 */
package dev.weir.rule.action;
