#!/usr/bin/env bash
# Names and paths decide which servers answer.
source "$(dirname "$0")/../published.sh"

for port in WEB STATIC1 STATIC2 DYNAMIC1 DYNAMIC2; do free_port "${port}_PORT"; done
mirrors STATIC1_PORT STATIC2_PORT DYNAMIC1_PORT DYNAMIC2_PORT
published "$WEB_PORT"
wait_for 60 answers "$url/"

servers() { for _ in 1 2 3 4; do field server "$@"; done | sort -u | xargs; }
expect_equal "pages" "DYNAMIC1_PORT DYNAMIC2_PORT" "$(servers "$url/")"
expect_equal "static files by their path" "STATIC1_PORT STATIC2_PORT" "$(servers "$url/css/a.css")"
expect_equal "and by the name of the site" "STATIC1_PORT STATIC2_PORT" "$(servers -H 'Host: IMG.example.org' "$url/a")"
expect_equal "who has a session stays" "DYNAMIC2_PORT" "$(servers -H 'Cookie: DYNSRV=s2' "$url/")"
expect_equal "the site is well" 200 "$(status "$url/monitoruri")"
expect "the statistics are there" grep -q DYNAMIC1_PORT <(get "$url/admin/stats;csv" | sed "s/dynamic1/DYNAMIC1_PORT/")
stop mirrors
unwell() { [[ $(status "$url/monitoruri") == 503 ]]; }
expect "and is not when the pages' servers are gone" wait_for 60 unwell
proxy_ends
