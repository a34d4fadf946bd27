#!/usr/bin/env bash
# Thousands of connections at once, from several loopback addresses, idle: how much memory each takes, and whether all of
# them still work afterwards. COUNT (10000) is reduced to what the limit of open files allows.
source "$(dirname "$0")/common.sh"

limit=$((($(ulimit -n) - 400) / 2)) # two descriptors a connection, and some for the rest
count=${COUNT:-10000}
if ((count > limit)); then
    note "ulimit -n is $(ulimit -n): $limit connections instead of $count"
    count=$limit
fi
start_all
# Classes, compiled code and buffers of the first connections are no cost of an idle one.
client churn "$EDGE_PORT" 8 "${WARM_SECONDS:-5}" > /dev/null
rss_before=$(rss_kb weir)
fds_before=$(fd_count weir)
mkfifo "$work/commands"
"${tool[@]}" Client hold "$EDGE_PORT" "$count" < "$work/commands" > "$work/hold.out" 2>&1 &
pids[hold]=$!
exec 4> "$work/commands"
held() { grep -q '^held' "$work/hold.out"; }
wait_for 120 held
sleep 2
rss_idle=$(rss_kb weir)
expect_equal "connections open" "$count" "$(field held "$(cat "$work/hold.out")")"
expect_equal "none failed" 0 "$(awk '/^failed/{print $2; exit}' "$work/hold.out")"
expect_at_least "descriptors of Weir" $((count * 2)) "$(fd_count weir)"
per_pair=$(((rss_idle - rss_before) * 1024 / count))
note "resident memory: $rss_before kB before, $rss_idle kB with $count idle connections"
expect_at_most "bytes of Weir's memory per idle connection pair" 2048 "$per_pair"

echo >&4
alive() { grep -q '^alive' "$work/hold.out"; }
wait_for 60 alive
expect_equal "all of them still work" "$count" "$(field alive "$(cat "$work/hold.out")")"
exec 4>&-
wait "${pids[hold]}" || true
unset 'pids[hold]'
expect "the descriptors come back" wait_for 60 fds_at_most $((fds_before + 10))
expect "and it serves" echo_once "$EDGE_PORT"
proxy_ends
