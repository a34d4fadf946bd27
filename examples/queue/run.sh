#!/usr/bin/env bash
# Thirty clients at once in front of servers that may have three connections: all are served, none above the limit.
source "$(dirname "$0")/../lib.sh"
tools

free_port WEB_PORT; free_port IMPATIENT_PORT; free_port S1_PORT; free_port S2_PORT
origin s1 "$S1_PORT"; origin s2 "$S2_PORT"
proxy "$WEB_PORT" "$IMPATIENT_PORT"

served=$(client queue "$WEB_PORT" 30 300)
field() { awk -v key="$1" 'index($0, key " ") == 1 {print $NF}' <<< "$2"; }
expect_equal "clients served" 30 "$(field done "$served")"
expect_equal "most clients of s1 at once" 2 "$(field 'most s1' "$served")"
expect_equal "most clients of s2 at once" 1 "$(field 'most s2' "$served")"

impatient=$(client queue "$IMPATIENT_PORT" 4 1000)
expect_equal "one place, 300 ms of patience: one of four is served" 1 "$(field done "$impatient")"
expect_equal "and three give up" 3 "$(field failed "$impatient")"
proxy_ends
