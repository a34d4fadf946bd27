#!/usr/bin/env bash
# Connect, exchange, close, as fast as the machine can, for DURATION (60) seconds: no failure, and neither memory nor
# descriptors grow. The first part warms up; the rest must not add more than a little.
source "$(dirname "$0")/common.sh"

duration=${DURATION:-60}
start_all
client churn "$EDGE_PORT" 16 $((duration / 4)) > "$work/warm"
fds_before=$(fd_count weir)
rss_before=$(rss_kb weir)
result=$(client churn "$EDGE_PORT" 16 $((duration - duration / 4)))
note "$(paste -sd ' ' <<< "$result")"
expect_at_least "connections" 1000 "$(field done "$result")"
expect_equal "failures" 0 "$(field failed "$result")"
expect "the descriptors come back" wait_for 60 fds_at_most $((fds_before + 10))
note "resident memory: $rss_before kB after a quarter, $(rss_kb weir) kB at the end"
expect_at_most "kB more memory" 8192 $(($(rss_kb weir) - rss_before))
proxy_ends
