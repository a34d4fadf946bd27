#!/usr/bin/env bash
# Runs a Spring Boot application three times behind Weir and does under load what its README describes: a rolling restart, another
# instance, a crash. SHORT=1 restarts one instance only. The first run fetches Spring Boot through Maven.
source "$(dirname "$0")/../lib.sh"
need curl curl
need mvn maven
jdk=$("$root/weir" --jdk)
jar=$here/app/target/app.jar
if [[ ! -f $jar || -n $(find "$here/app/pom.xml" "$here/app/src" -newer "$jar") ]]; then
    note "building the application"
    (cd "$here/app" && JAVA_HOME=$jdk mvn -q -B -ntp package < /dev/null) > "$work/build.log" 2>&1
fi

free_port WEB_PORT
for i in 1 2 3 4; do free_port "APP${i}_PORT"; done
export API_SOCKET=$work/api
url=http://127.0.0.1:$WEB_PORT
port_of() { local port=APP${1#app}_PORT; echo "${!port}"; }
app() { # NAME
    start "$1" "$jdk/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx128m -jar "$jar" "--app.name=$1" "--server.port=$(port_of "$1")"
}
is_ready() { get -f -o /dev/null "http://127.0.0.1:$(port_of "$1")/actuator/health/readiness"; }
api() { "$root/weir" ctl -s "$API_SOCKET" "$@"; }
# The status of a server, as the statistics have it: field 18.
status_of() { api show stat app 4 -1 | awk -F, -v name="$1" '$2 == name { print $18 }'; }
# Its requests so far: field 8.
requests_of() { api show stat app 4 -1 | awk -F, -v name="$1" '$2 == name { print $8 }'; }
is() { [[ $(status_of "$1") == "$2" ]]; }
failed() { sed -n 's/.*"failed" *: *\([0-9]*\).*/\1/p' "$work/load.json" | head -n 1; }
answered() { grep -oE '"requests" *: *[0-9]+' "$work/load.json" | head -n 1 | grep -oE '[0-9]+'; }
# A steady load of 100 requests a second, whatever happens, until it is stopped.
load() { start load "$root/weir" load -R 100 -c 8 -w 1s -d 10m --json "$work/load.json" "$url/" "$url/slow?ms=50"; }
load_ends() { stop load TERM; }

for name in app1 app2 app3; do app "$name"; done
for name in app1 app2 app3; do wait_for 120 is_ready "$name"; done
cp "$here/haproxy.cfg" "$work/haproxy.cfg"
proxy_with "$work/haproxy.cfg" "$WEB_PORT"
for name in app1 app2 app3; do wait_for 60 is "$name" UP; done

names() { for _ in $(seq 12); do get "$url/"; echo; done | sort -u | paste -sd ' '; }
expect_equal "all instances answer" '{"name":"app1"} {"name":"app2"} {"name":"app3"}' "$(names)"
expect_equal "they know the client" 127.0.0.1 "$(get "$url/client")"
expect_equal "the actuator is not for clients" 403 "$(get -o /dev/null -w '%{http_code}' "$url/actuator/health")"
expect_equal "a slow answer" "1500 ms" "$(get "$url/slow?ms=1500" | grep -o '1500 ms')"
expect_equal "a large answer" 20000000 "$(get "$url/big?bytes=20000000" | wc -c)"
head -c 5000000 /dev/urandom > "$work/body"
expect_equal "an upload arrives unchanged" "$(sha256sum < "$work/body" | cut -d ' ' -f 1)" \
    "$(get -H 'Content-Type: application/octet-stream' --data-binary "@$work/body" "$url/upload")"

visit() { get -b "$work/cookies" -c "$work/cookies" "$url/visits"; }
first=$(visit); home=${first% *}
expect_equal "a session stays with its instance" "$home 2 $home 3" "$(visit) $(visit)"

# ---- a rolling restart: those that do not have the session, then all but it have been replaced ----
load
wait_for 60 test -s "$work/load.log"
others=()
for name in app1 app2 app3; do [[ $name == "$home" ]] || others+=("$name"); done
[[ -z ${SHORT:-} ]] || others=("${others[0]}")
for name in "${others[@]}"; do
    get -X POST "http://127.0.0.1:$(port_of "$name")/admin/drain"
    expect "$name refuses readiness, and gets no new requests" wait_for 60 is "$name" DOWN
    stop "$name"
    app "$name"
    expect "$name is back" wait_for 90 is "$name" UP
done
expect_equal "the session was not touched" "$home 4" "$(visit)"

# ---- another instance, while it runs ----
app app4
wait_for 90 is_ready app4
# default-server is of the file: a server that is added says everything itself. It comes in maintenance, its checks disabled.
expect "a fourth server is added" api add server app/app4 "127.0.0.1:$APP4_PORT" \
    check inter 500ms fall 2 rise 2 slowstart 3s maxconn 200 cookie app4
expect "nobody is sent there yet" is app4 MAINT
expect "its checks begin" api enable health app/app4
expect "it is opened" api enable server app/app4
expect "a fourth instance takes part" wait_for 60 is app4 UP
gets_requests() { (($(requests_of "$1") > 0)); }
expect "and gets its share" wait_for 60 gets_requests app4
expect_equal "the session was not touched" "$home 5" "$(visit)"
load_ends
expect_equal "failed requests until here" 0 "$(failed)"
note "$(answered) requests were answered meanwhile"

# ---- a crash ----
load
wait_for 60 test -s "$work/load.log"
victim=${others[0]}
stop "$victim" KILL
expect "the crash is seen" wait_for 60 is "$victim" DOWN
load_ends
# At most one request was under way on each of the load's 8 connections.
expect_at_most "requests that the crash cost" 8 "$(failed)"
expect_equal "the session was not touched" "$home 6" "$(visit)"
stop "$home" KILL
moved=$(visit)
expect_equal "a client whose instance is gone begins anew on another" "1 other" "${moved#* } $([[ ${moved% *} == "$home" ]] && echo same || echo other)"
proxy_ends
