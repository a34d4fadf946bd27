#!/usr/bin/env bash
# Two nginx servers in turn, one of them stopped and started again, and a file with its checksum.
# SIZE_MB (64) is the size of the file; 1024 for the long form.
source "$(dirname "$0")/../lib.sh"
need nginx nginx
need curl curl

free_port WEB_PORT; free_port N1_PORT; free_port N2_PORT
head -c "$((${SIZE_MB:-64} * 1024 * 1024))" /dev/urandom > "$work/file"
for name in n1 n2; do
    port=${name^^}_PORT
    cat > "$work/$name.http" << CONF
sendfile on;
server { listen 127.0.0.1:${!port}; location = / { return 200 '$name\n'; } location / { root $work; } }
CONF
    nginx_origin "$name" "${!port}" "$work/$name.http"
done
proxy "$WEB_PORT"
url=http://127.0.0.1:$WEB_PORT

answers() { for _ in $(seq "$1"); do get "$url/"; done; }
answered_by_all() { [[ $(answers 2 | sort -u | wc -l) == 2 ]]; }

expect "both servers come in" wait_for 60 answered_by_all
expect_equal "two servers in turn" "2 n1,2 n2," "$(answers 4 | sort | uniq -c | awk '{printf "%s %s,", $1, $2}')"
expect_equal "a file of ${SIZE_MB:-64} MB arrives unchanged" \
    "$(sha256sum < "$work/file")" "$(curl -sS -m 300 "$url/file" | sha256sum)"

stop n2
only_n1() { [[ $(answers 4 | sort -u) == n1 ]]; }
expect "a stopped server is left out" wait_for 60 only_n1
nginx_origin n2 "$N2_PORT" "$work/n2.http"
expect "and comes back" wait_for 60 answered_by_all
proxy_ends
