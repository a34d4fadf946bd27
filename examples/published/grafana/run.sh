#!/usr/bin/env bash
# Grafana under a path, with an account.
source "$(dirname "$0")/../published.sh"

free_port WEB_PORT; free_port G1_PORT; free_port G2_PORT
mirrors G1_PORT G2_PORT
published "$WEB_PORT"
account=(-u ops:metrics)
wait_for 60 answers "${account[@]}" "$url/grafana/"

expect_equal "the front page leads there" "302 $url/grafana/" "$(get -o /dev/null -w '%{http_code} %{redirect_url}' "$url/")"
expect_equal "there is nothing else" 404 "$(status "$url/other")"
expect_equal "strangers are asked who they are" 401 "$(status "$url/grafana/d/1")"
expect_equal "a wrong password is not taken" 401 "$(status -u ops:wrong "$url/grafana/d/1")"
expect_equal "the staff comes in, and Grafana is told who" "ops" "$(field user "${account[@]}" "$url/grafana/d/1")"
expect_equal "but not the password" "" "$(field authorization "${account[@]}" "$url/grafana/d/1")"
expect_equal "the prefix is gone, the query is not" "/d/1?orgId=1" "$(field uri "${account[@]}" "$url/grafana/d/1?orgId=1")"
expect_equal "health is for everyone" 200 "$(status "$url/grafana/api/health")"
expect_equal "live channels are WebSockets" 101 "$(upgrades "${account[@]}" "$url/grafana/upgrade")"
expect_equal "the spare one is spared" "G1_PORT" "$(for _ in 1 2 3; do field server "${account[@]}" "$url/grafana/"; done | sort -u | xargs)"
proxy_ends
