#!/usr/bin/env bash
# WordPress's paths get where they belong, with the fields that they need.
source "$(dirname "$0")/../published.sh"

free_port WEB_PORT; free_port WEB1_PORT; free_port WEB2_PORT; free_port FILES_PORT
mirrors WEB1_PORT WEB2_PORT FILES_PORT
published "$WEB_PORT"
wait_for 60 answers "$url/"

expect_equal "both web servers take their turn" "WEB1_PORT WEB2_PORT" "$(for _ in 1 2 3 4; do field server "$url/?p=1"; done | sort -u | xargs)"
expect_equal "a reader stays where the cookie says" "WEB2_PORT" "$(field server -H 'Cookie: SRV=web2' "$url/")"
expect_equal "and the cookie is not the application's" "" "$(field cookie -H 'Cookie: SRV=web2' "$url/")"
expect_equal "the admin pages are on the first" "WEB1_PORT WEB1_PORT" "$(field server "$url/wp-admin/") $(field server -H 'Cookie: SRV=web2' "$url/wp-admin/edit.php")"
expect_equal "but for their scripts' questions" "WEB2_PORT" "$(field server -H 'Cookie: SRV=web2' "$url/wp-admin/admin-ajax.php")"
expect_equal "a picture comes from the files, without cookies" "FILES_PORT " "$(field server "$url/wp-content/uploads/a.JPG") $(field cookie -H 'Cookie: a=b' "$url/x.css")"
expect_equal "and may be kept" "public, max-age=2592000" "$(header cache-control "$url/x.css")"
expect_equal "xmlrpc.php is refused" 403 "$(status "$url/xmlrpc.php")"
expect_equal "the slash is added" "301 $url/wp-admin/" "$(get -o /dev/null -w '%{http_code} %{redirect_url}' "$url/wp-admin")"
expect_equal "who guesses passwords has to wait" "200 200 200 200 200 429" \
    "$(for _ in 1 2 3 4 5 6; do status --data pwd=x "$url/wp-login.php"; done | xargs)"
expect_equal "who only looks has not" 200 "$(status "$url/wp-login.php")"
expect_equal "frames are for the site itself" SAMEORIGIN "$(header x-frame-options "$url/")"
proxy_ends
