#!/usr/bin/env bash
# SIZE_MB (1024) through Weir each way with the same checksum, then ten slow readers: Weir's memory stays bounded, whatever
# the origins would like to send.
source "$(dirname "$0")/common.sh"

bytes=$((${SIZE_MB:-1024} * 1024 * 1024))
start_all
result=$(client slow "$EDGE_PORT" 1 "$bytes" 0)
expect_equal "a download of $bytes bytes, same checksum" "1 0" "$(field done "$result") $(field failed "$result")"
expect_equal "an upload of $bytes bytes, same checksum" same "$(client upload "$EDGE_PORT" "$bytes" 5)"

rss_before=$(rss_kb weir)
"${tool[@]}" Client slow "$EDGE_PORT" 10 "${SLOW_BYTES:-5000000}" 500 > "$work/slow.out" 2>&1 &
pids[slow]=$!
most=0
while is_running slow; do
    now=$(rss_kb weir)
    ((now > most)) && most=$now
    sleep 0.2
done
unset 'pids[slow]'
expect_equal "ten slow readers, same checksums" "10 0" "$(field done "$(cat "$work/slow.out")") $(field failed "$(cat "$work/slow.out")")"
note "resident memory: $rss_before kB before, at most $most kB meanwhile"
expect_at_most "kB more memory" 16384 $((most - rss_before))
proxy_ends
