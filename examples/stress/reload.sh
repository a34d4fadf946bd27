#!/usr/bin/env bash
# RELOADS (50) reloads under load, by SIGUSR2: long connections that never stop talking, and new ones all the time. Not one
# is lost. The configuration really changes: the weights, the number of servers and a second port.
source "$(dirname "$0")/common.sh"

reloads=${RELOADS:-50}
cp "$here/haproxy.cfg" "$work/haproxy.cfg"
origin s1 "$S1_PORT"; origin s2 "$S2_PORT"; origin s3 "$S3_PORT"
free_port EXTRA_PORT
proxy_with "$work/haproxy.cfg" "$EDGE_PORT"
wait_for 60 echo_once "$EDGE_PORT"
fds_before=$(fd_count weir)
rss_before=$(rss_kb weir)

seconds=$((reloads / 4 + 5))
"${tool[@]}" Client talk "$EDGE_PORT" 100 "$seconds" 5 > "$work/talk.out" 2>&1 &
pids[talk]=$!
"${tool[@]}" Client churn "$EDGE_PORT" 4 "$seconds" > "$work/churn.out" 2>&1 &
pids[churn]=$!
for i in $(seq "$reloads"); do
    {
        cat "$here/haproxy.cfg"
        ((i % 2)) && echo "    server s4 \"127.0.0.1:\${S1_PORT}\" weight $((i % 7 + 1))"
        ((i % 3)) && printf 'listen extra\n    bind "127.0.0.1:${EXTRA_PORT}"\n    server e1 "127.0.0.1:${S2_PORT}"\n'
        true
    } > "$work/haproxy.cfg.new"
    mv "$work/haproxy.cfg.new" "$work/haproxy.cfg"
    kill -USR2 "${pids[weir]}"
    sleep 0.2
done
wait "${pids[talk]}" "${pids[churn]}" || true
unset 'pids[talk]' 'pids[churn]'
note "long connections: $(grep -v server "$work/talk.out" | paste -sd ' ')"
note "new connections: $(grep -v server "$work/churn.out" | paste -sd ' ')"
expect_equal "long connections that lived through all of it" "100 0" "$(field done "$(cat "$work/talk.out")") $(field failed "$(cat "$work/talk.out")")"
expect_at_least "new connections" 100 "$(field done "$(cat "$work/churn.out")")"
expect_equal "new connections that failed" 0 "$(field failed "$(cat "$work/churn.out")")"
expect "the descriptors come back" wait_for 60 fds_at_most $((fds_before + 20))
note "resident memory: $rss_before kB before, $(rss_kb weir) kB after"
expect "it serves" echo_once "$EDGE_PORT"
proxy_ends
