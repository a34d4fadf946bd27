#!/usr/bin/env bash
# A client that asks too fast gets 429, others go on; a ban set over the runtime API holds over a restart.
source "$(dirname "$0")/../lib.sh"
need curl curl

free_port WEB_PORT; free_port ORIGIN_PORT
export API_SOCKET=$work/api TABLE_FILE=$work/clients
start origin "$root/weir" origin "http://127.0.0.1:$ORIGIN_PORT"
wait_for 60 listens "$ORIGIN_PORT"
proxy "$WEB_PORT"

ask() { curl -s -o /dev/null -m 60 -w '%{http_code}\n' --interface "$1" "http://127.0.0.1:$WEB_PORT/"; }
api() { "$root/weir" ctl -s "$API_SOCKET" "$@"; }

hasty=$(for _ in $(seq 80); do ask 127.0.0.2; done | sort -u | xargs)
expect_equal "a hasty client is served, then told to wait" "200 429" "$hasty"
expect_equal "another client is served meanwhile" 200 "$(ask 127.0.0.3)"

api set table web key 127.0.0.4 data.gpc0 1
expect_equal "a client that was banned by hand" 403 "$(ask 127.0.0.4)"

stop weir
proxy "$WEB_PORT"
expect_equal "the ban holds over a restart" 403 "$(ask 127.0.0.4)"

api clear table web key 127.0.0.4
expect_equal "and ends when it is taken back" 200 "$(ask 127.0.0.4)"
proxy_ends
