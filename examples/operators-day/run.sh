#!/usr/bin/env bash
# An operator's day: look, drain a server, change a weight, add a server, ban an address, log more, reload a changed file, read
# latencies, explain a request, stop softly. Clients ask all the while, and not one of their requests fails.
source "$(dirname "$0")/../lib.sh"
need curl curl

free_port WEB_PORT; free_port S1_PORT; free_port S2_PORT; free_port S3_PORT
export API_SOCKET=$work/api BANS=$work/bans.map
for name in s1 s2 s3; do
    port=${name^^}_PORT
    start "$name" "$root/weir" origin "http://127.0.0.1:${!port}"
    wait_for 60 listens "${!port}"
done
echo "192.0.2.1 abuse" > "$BANS"
cp "$here/haproxy.cfg" "$work/haproxy.cfg"
proxy_with "$work/haproxy.cfg" "$WEB_PORT"

ctl() { "$root/weir" ctl -s "$API_SOCKET" "$@"; }
url=http://127.0.0.1:$WEB_PORT
column() { ctl show stat | awk -F, -v server="$1" -v name="$2" 'NR == 1 {sub(/^# /, ""); for (i = 1; i <= NF; i++) at[$i] = i} $2 == server {print $at[name]}'; }
is_column() { [[ $(column "$1" "$2") == "$3" ]]; }
is_above() { (($(column "$1" "$2") > $3)); }
status() { curl -s -o /dev/null -m 60 -w '%{http_code}\n' --interface "$1" "$url/1"; }
release() { get -o /dev/null -D - "$url/1" | tr -d '\r' | awk '/^x-release:/ {print $2}'; }

# It ends with the first request that fails.
start load "$root/weir" load -R 300 -c 8 -d 1h --timeout 60s --connect-timeout 60s --no-progress --threshold errors==0 --abort-on-fail "$url/64"
wait_for 60 is_above s1 stot 100
not_one_failed() { expect "no request has failed: $1" is_running load; }

note "look"
expect "figures of the process" grep -q '^Uptime_sec:' <(ctl show info)
expect "the page" grep -q '<html' <(get "$url/stats")
expect_equal "a metric" 2 "$(get "$url/metrics" | awk '$1 == "haproxy_backend_active_servers{proxy=\"app\"}" {print $2}')"

note "drain s1, and bring it back"
ctl set server app/s1 state drain
expect "its last request ends" wait_for 60 is_column s1 scur 0
seen=$(column s1 stot)
wait_for 60 is_above s2 stot $(($(column s2 stot) + 100))
expect_equal "it gets no other" "$seen" "$(column s1 stot)"
ctl set server app/s1 state ready
expect "it serves again" wait_for 60 is_above s1 stot "$seen"

note "change a weight"
ctl set server app/s2 weight 3
expect_equal "the weight" "3 (initial 1)" "$(ctl get weight app/s2)"

note "add a server, and take it away"
ctl add server app/s3 "127.0.0.1:$S3_PORT" check inter 100ms
ctl enable health app/s3
ctl enable server app/s3
expect "it serves" wait_for 60 is_above s3 stot 10
ctl set server app/s3 state maint
ctl wait 60s srv-removable app/s3
expect "it goes" ctl del server app/s3

note "ban an address"
expect_equal "before" 200 "$(status 127.0.0.66)"
ctl add map "$BANS" 127.0.0.66 abuse
expect_equal "after" 403 "$(status 127.0.0.66)"
expect_equal "others" 200 "$(status 127.0.0.67)"
expect "why it is refused" grep 'status 403' <(ctl explain GET "$url/1" --src 127.0.0.66)
expect "where others go" grep 'app/s' <(ctl explain GET "$url/1" --src 127.0.0.67)

note "log more for a while"
get -o /dev/null "$url/2"
ctl set log level info
get -o /dev/null "$url/3"
expect "the request is logged" wait_for 60 grep 'GET /3 ' "$work/weir.log"
expect_equal "the one before was not" 0 "$(grep -c 'GET /2 ' "$work/weir.log" || true)"
ctl set log level default

note "reload a changed file"
sed -i 's/x-release 1/x-release two/; s/balance roundrobin/balance roundrobbin/' "$work/haproxy.cfg"
expect "a mistake is said" grep 'roundrobbin' <(ctl reload)
expect_equal "and changes nothing" 1 "$(release)"
sed -i 's/roundrobbin/roundrobin/' "$work/haproxy.cfg"
expect "without it" grep 'Success=1' <(ctl reload)
expect_equal "the new file is in force" two "$(release)"
expect_equal "what was set at run time stays" "3 (initial 1)" "$(ctl get weight app/s2)"

note "latencies"
ctl show latency app | tee "$work/latency"
expect "the backend's" grep -Eq '^app/BACKEND +total +[1-9]' "$work/latency"

not_one_failed "until now"
stop load
note "stop softly, while somebody downloads"
get --limit-rate 500k -o "$work/download" "$url/2m" &
download=$!
is_served() { [[ -s $work/download ]]; }
wait_for 60 is_served
kill -USR1 "${pids[weir]}"
is_closed() { ! listens "$WEB_PORT"; }
expect "nobody else gets in" wait_for 60 is_closed
expect "the download ends well" wait "$download"
expect_equal "and is whole" $((2 * 1024 * 1024)) "$(stat -c %s "$work/download")"
stopped=0
wait "${pids[weir]}" || stopped=$?
unset 'pids[weir]'
expect_equal "Weir ends with status 0 after its last request" 0 "$stopped"
