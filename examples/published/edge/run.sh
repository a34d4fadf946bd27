#!/usr/bin/env bash
# Four servers with cookies behind the edge.
source "$(dirname "$0")/../published.sh"

for port in WEB STATS SRV1 SRV2 SRV3 SRV4; do free_port "${port}_PORT"; done
export API_SOCKET=$work/api
mirrors SRV1_PORT SRV2_PORT SRV3_PORT SRV4_PORT
published "$WEB_PORT" "$STATS_PORT"
wait_for 60 answers "$url/"

expect_equal "each server has its cookie" "SRV1_PORT SRV2_PORT SRV3_PORT SRV4_PORT" \
    "$(for i in 1 2 3 4; do field server -H "Cookie: app1=s$i" "$url/"; done | xargs)"
expect "a new client gets one" grep -qE 'app1=s[1-4]; path=/' <(header set-cookie "$url/")
expect_equal "a forged address is not passed on" 127.0.0.1 "$(field for -H 'X-Forwarded-For: 1.2.3.4' "$url/")"
expect_equal "the proxy's own answers say it, too" max-age=31536000 "$(header strict-transport-security "$url/")"
expect "the statistics have their own address" grep -q srv4 <(get "http://127.0.0.1:$STATS_PORT/;csv")
proxy_ends
