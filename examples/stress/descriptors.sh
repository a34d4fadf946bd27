#!/usr/bin/env bash
# The limit of open files is reached: Weir keeps serving those it has, says why it takes no more, and recovers.
source "$(dirname "$0")/common.sh"

origin s1 "$S1_PORT"; origin s2 "$S2_PORT"; origin s3 "$S3_PORT"
limited() { ulimit -n 200 && exec "$PROXY" -db -f "$here/haproxy.cfg"; }
# More connections than descriptors: with maxconn within the limit, Weir would never reach it.
export MAXCONN=400
start weir limited
wait_for 120 listens "$EDGE_PORT"
wait_for 60 echo_once "$EDGE_PORT"
fds_before=$(fd_count weir)

mkfifo "$work/commands"
"${tool[@]}" Client hold "$EDGE_PORT" 150 < "$work/commands" > "$work/hold.out" 2>&1 &
pids[hold]=$!
exec 4> "$work/commands"
held() { grep -q '^held' "$work/hold.out"; }
wait_for 60 held
count=$(field held "$(cat "$work/hold.out")")
note "$(paste -sd ' ' "$work/hold.out")"
expect_at_least "connections that it took" 40 "$count"
echo >&4
alive() { grep -q '^alive' "$work/hold.out"; }
wait_for 60 alive
expect_equal "all of them are served" "$count" "$(field alive "$(cat "$work/hold.out")")"
expect "it says why it takes no more" grep -qiE 'descriptor|open files|maxconn|limit' "$work/weir.log"
exec 4>&-
wait "${pids[hold]}" || true
unset 'pids[hold]'
expect "the descriptors come back" wait_for 60 fds_at_most $((fds_before + 10))
expect "and it takes connections again" wait_for 60 echo_once "$EDGE_PORT"
proxy_ends
