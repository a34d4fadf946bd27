#!/usr/bin/env bash
# HTTP with faults of every kind on both sides for DURATION (60) seconds: slow clients, resets, garbage, aborted uploads, servers
# that die in the middle of a response or close what they kept, retries, upgrades. Nothing that could succeed fails, nothing is
# stuck, every request is in the log and the counters once, and nothing is left over. CONNECTIONS=n instead of a duration, and
# SEED, make a short run of a given size; SHORT=1 is one of 600.
source "$(dirname "$0")/../lib.sh"
tools
free_port EDGE_PORT; free_port API_PORT; free_port S1_PORT; free_port S2_PORT; free_port S3_PORT

connections=${CONNECTIONS:-$([[ -n ${SHORT:-} ]] && echo 600 || echo 0)}
duration=$( ((connections)) && echo 0 || echo "${DURATION:-60}")
at_once=${AT_ONCE:-64}
seed=${SEED:-$RANDOM}
note "seed $seed"

http_origin() {
    start "$1" "${tool[@]}" HttpOrigin "$2"
    wait_for 60 listens "$2"
}

# api COMMAND: the runtime API's answer.
api() {
    exec 3<> "/dev/tcp/127.0.0.1/$API_PORT"
    echo "$1" >&3
    cat <&3
    exec 3>&-
}

figure() { api "$1" | awk -F ': ' -v key="$2" '$1 == key {print $2 + 0; exit}'; }

# storm CONNECTIONS SECONDS FIRST_ID: while it lasts, one of the servers is killed and started again.
storm() {
    start storm "${tool[@]}" Storm "$EDGE_PORT" "$((seed + $3))" "$1" "$2" "$at_once" "$3" 1000 "$work/journal.$3"
    while is_running storm; do
        sleep 0.7
        stop s3 KILL
        sleep 0.7
        start s3 "${tool[@]}" HttpOrigin "$S3_PORT"
    done
    wait "${pids[storm]}" || true
    unset 'pids[storm]'
    mv "$work/storm.log" "$work/storm.$3"
    grep -E '^(failure|Exception)' "$work/storm.$3" || true
}

number() { awk -v key="$1" '$1 == key {n += $2} END {print n + 0}' "${@:2}"; }

http_origin s1 "$S1_PORT"; http_origin s2 "$S2_PORT"; http_origin s3 "$S3_PORT"
proxy_with "$here/http.cfg" "$EDGE_PORT"
nobody_left() { [[ $(figure 'show info' CurrConns) -le $([[ ${PROXY##*/} == weir ]] && echo 0 || echo 1) ]]; } # HAProxy counts the API's own
nothing_idle() { ! api 'show stat' | awk -F , '/^#/ {for (i = 1; i <= NF; i++) if ($i == "idle_conn_cur") at = i; next} $at > 0' | grep -q .; }
fds_at_most() { (($(fd_count weir) <= $1)); }
unknown_pipe_fds() { echo $(($(pipe_fd_count weir) - 2 * $(figure 'show info' PipesFree))); }

unknown_before=$(unknown_pipe_fds) # inherited ones
# A quarter warms up; the rest must not add more than a little.
storm $((connections / 4)) $((duration / 4)) 1
wait_for 60 nobody_left || true
wait_for 60 nothing_idle || true
fds_before=$(fd_count weir)
rss_before=$(rss_kb weir)
storm $((connections - connections / 4)) $((duration - duration / 4)) 100000000

cat "$work"/journal.* > "$work/journal"
note "$(number connections "$work"/storm.[0-9]*) connections, $(number requests "$work"/storm.[0-9]*) requests"
expect_at_least "requests" 100 "$(number requests "$work"/storm.[0-9]*)"
expect_equal "what should have succeeded and did not, or was stuck" 0 "$(number failed "$work"/storm.[0-9]*)"

expect "all clients are gone" wait_for 60 nobody_left
expect "idle server connections are closed by and by" wait_for 60 nothing_idle
expect "the descriptors come back" wait_for 60 fds_at_most $((fds_before + 8))
if [[ ${PROXY##*/} == weir ]]; then
    expect_equal "buffers still lent" 0 "$(figure 'show activity' buffers)"
    expect_equal "pipes still lent" 0 "$(figure 'show activity' pipes)"
    expect_equal "pipes that nobody knows of" 0 $(($(unknown_pipe_fds) - unknown_before))
fi
api 'show stat' > "$work/stat.csv"
"${tool[@]}" Audit "$work/journal" "$work/weir.log" "$work/stat.csv" edge > "$work/audit"
grep '^problem' "$work/audit" || true
note "$(grep -E '^(lines|unlogged)' "$work/audit" | paste -sd ' ')"
note "ends: $(awk '/^ended/{print $2 ":" $3}' "$work/audit" | paste -sd ' ')"
expect_equal "requests that log, counters and clients do not agree on" 0 "$(number problems "$work/audit")"
expect_equal "complaints of the proxy" "" "$(grep -E '^\[ALERT\]|Exception|^\s+at ' "$work/weir.log" | head -5)"
note "resident memory: $rss_before kB after a quarter, $(rss_kb weir) kB at the end"
((connections)) || expect_at_most "kB more memory" 8192 $(($(rss_kb weir) - rss_before))
proxy_ends
