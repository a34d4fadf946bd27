#!/usr/bin/env bash
# Nextcloud's discovery, uploads and notifications.
source "$(dirname "$0")/../published.sh"

free_port WEB_PORT; free_port APP_PORT; free_port PUSH_PORT
mirrors APP_PORT PUSH_PORT
published "$WEB_PORT"
wait_for 60 answers "$url/"

expect_equal "calendars are found" "301 $url/remote.php/dav" "$(get -o /dev/null -w '%{http_code} %{redirect_url}' "$url/.well-known/caldav")"
expect_equal "so are other services, with their query" "301 $url/index.php/.well-known/webfinger?resource=a" \
    "$(get -o /dev/null -w '%{http_code} %{redirect_url}' "$url/.well-known/webfinger?resource=a")"
expect_equal "the data's folder is not there" 404 "$(status "$url/data/owncloud.db")"
expect_equal "the application knows the client" "127.0.0.1" "$(field for "$url/index.php")"
head -c 2000000 /dev/zero > "$work/photo"
expect_equal "a photo may be large" 200 "$(status -T "$work/photo" "$url/remote.php/dav/files/a/photo.jpg")"
expect_equal "a form may not" 413 "$(status --data-binary "@$work/photo" "$url/index.php/login")"
expect_equal "notifications are asked for by their own path" "PUSH_PORT /ws" "$(field server "$url/push/ws") $(field path "$url/push/ws")"
expect_equal "a WebSocket becomes one" 101 "$(upgrades "$url/push/upgrade")"
expect_equal "browsers are told to come back with TLS" "max-age=15552000; includeSubDomains" "$(header strict-transport-security "$url/")"
proxy_ends
