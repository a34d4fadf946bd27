#!/usr/bin/env bash
# The URL says where to.
source "$(dirname "$0")/../published.sh"

free_port WEB_PORT; free_port SITE_PORT
mirrors SITE_PORT
published "$WEB_PORT"
site=http://127.0.0.1:$SITE_PORT

expect_equal "the site of the URL is asked, with its path" "SITE_PORT /a?b" "$(field server -x "$url" "$site/a?b") $(field uri -x "$url" "$site/a?b")"
expect_equal "nobody writes" 403 "$(status -x "$url" --data a=b "$site/a")"
expect_equal "nobody gets to the networks inside" 403 "$(status -x "$url" http://10.1.2.3/)"
expect_equal "other clients are refused" 403 "$(status --interface 127.0.0.2 -x "$url" "$site/")"
expect_equal "no music" 502 "$(status -x "$url" "$site/music")"
proxy_ends
