#!/usr/bin/env bash
# redis-benchmark through Weir, then the first server goes away and the backup takes over.
source "$(dirname "$0")/../lib.sh"
need redis-server redis-server
need redis-benchmark redis-tools

free_port REDIS_PORT; free_port R1_PORT; free_port R2_PORT
redis() { start "$1" redis-server --port "$2" --bind 127.0.0.1 --save '' --appendonly no --dir "$work"; wait_for 60 listens "$2"; }
redis r1 "$R1_PORT"; redis r2 "$R2_PORT"
redis-cli -p "$R1_PORT" set server r1 > /dev/null
redis-cli -p "$R2_PORT" set server r2 > /dev/null
proxy "$REDIS_PORT"

cli() { timeout 60 redis-cli -p "$REDIS_PORT" "$@"; }
benchmark() { timeout 120 redis-benchmark -p "$REDIS_PORT" -q "$@"; }
expect_equal "PING" PONG "$(cli ping)"
expect_equal "the first server answers" r1 "$(cli get server)"
expect "redis-benchmark, 50 connections" benchmark -n "${REQUESTS:-20000}" -c 50 -t set,get,incr,lrange_100
sed 's/\r/\n/g' "$work/expect.out" | grep 'requests per second' | sed 's/^/  /'
expect "redis-benchmark, pipelined" benchmark -n "${REQUESTS:-20000}" -c 10 -P 16 -t set,get
expect_equal "every SET of the benchmark arrived" 1 "$(cli exists key:__rand_int__)"

stop r1
backup_answers() { [[ $(cli get server) == r2 ]]; }
expect "the backup takes over" wait_for 60 backup_answers
proxy_ends
