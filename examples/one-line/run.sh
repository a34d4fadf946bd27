#!/usr/bin/env bash
# A balancer without a file: one line says where to listen and where to send.
source "$(dirname "$0")/../lib.sh"
tools

free_port WEB_PORT; free_port S1_PORT; free_port S2_PORT
origin s1 "$S1_PORT"; origin s2 "$S2_PORT"
start weir "$root/weir" --listen "127.0.0.1:$WEB_PORT" --to "127.0.0.1:$S1_PORT,127.0.0.1:$S2_PORT" --balance leastconn --check
wait_for 120 listens "$WEB_PORT"

answers=$(client churn "$WEB_PORT" 4 1)
both() { grep -q '^server s1 ' <<< "$answers" && grep -q '^server s2 ' <<< "$answers"; }
expect "both servers serve" both
expect_equal "no failure" "failed 0" "$(sed -n 2p <<< "$answers")"
proxy_ends
