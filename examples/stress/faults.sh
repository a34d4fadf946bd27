#!/usr/bin/env bash
# What peers do to a proxy: servers and clients that are killed, storms of resets, one byte a second, garbage on every
# port. After each of them Weir serves, and holds no more descriptors than before.
source "$(dirname "$0")/common.sh"

start_all
client churn "$EDGE_PORT" 4 1 > /dev/null
fds=$(fd_count weir)
settles() {
    expect "$1: the descriptors come back" wait_for 60 fds_at_most $((fds + 12))
    expect "$1: it serves" echo_once "$EDGE_PORT"
}

start drip "${tool[@]}" Client drip "$EDGE_PORT" "${DRIP_SECONDS:-20}"

# A server dies under load: its own connections are lost, nothing else, and new ones go elsewhere.
"${tool[@]}" Client talk "$EDGE_PORT" 60 8 5 > "$work/talk.out" 2>&1 &
pids[talk]=$!
sleep 2
stop s2 KILL
sleep 2
moved=$(client churn "$EDGE_PORT" 4 2)
wait "${pids[talk]}" || true
unset 'pids[talk]'
note "long connections: $(grep -v server "$work/talk.out" | paste -sd ' ')"
expect_at_most "only the dead server's connections were lost" 21 "$(field failed "$(cat "$work/talk.out")")"
expect_equal "new connections that failed" 0 "$(field failed "$moved")"
expect_equal "and none went to the dead server" "" "$(field 'server s2' "$moved")"
origin s2 "$S2_PORT"
settles "server killed"

# A client dies with many connections.
"${tool[@]}" Client talk "$EDGE_PORT" 200 30 5 > /dev/null 2>&1 &
pids[victim]=$!
sleep 2
stop victim KILL
settles "client killed"

note "resets: $(client reset "$EDGE_PORT" "${RESETS:-5000}" 50 | paste -sd ' ')"
settles "reset storm"

seed=${SEED:-$RANDOM}
note "garbage with seed $seed"
for port in "$EDGE_PORT" "$PROXY_PORT" "$INSPECT_PORT"; do
    client garbage "$port" "${GARBAGE:-300}" "$seed" > /dev/null
    settles "garbage on port $port"
done

wait "${pids[drip]}" || true
unset 'pids[drip]'
expect_equal "one byte a second, all this time" "${DRIP_SECONDS:-20} 0" \
    "$(field done "$(cat "$work/drip.log")") $(field failed "$(cat "$work/drip.log")")"
proxy_ends
