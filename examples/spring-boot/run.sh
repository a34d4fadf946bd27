#!/usr/bin/env bash
# Builds a Spring Boot application, runs it twice behind Weir, and takes one instance away under load.
# The first run fetches Spring Boot through Maven.
source "$(dirname "$0")/../lib.sh"
need curl curl
need mvn maven
jdk=$("$root/weir" --jdk)
jar=$here/app/target/app.jar
if [[ ! -f $jar ]]; then
    note "building the application"
    (cd "$here/app" && JAVA_HOME=$jdk mvn -q -B -ntp package < /dev/null) > "$work/build.log" 2>&1
fi

free_port WEB_PORT; free_port APP1_PORT; free_port APP2_PORT
app() { # NAME PORT
    start "$1" "$jdk/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx128m -jar "$jar" \
        "--app.name=$1" "--server.port=$2" --server.address=127.0.0.1 --spring.threads.virtual.enabled=true
}
app app1 "$APP1_PORT"; app app2 "$APP2_PORT"
wait_for 120 listens "$APP1_PORT"; wait_for 120 listens "$APP2_PORT"
proxy "$WEB_PORT"
url=http://127.0.0.1:$WEB_PORT

names() { for _ in $(seq "$1"); do get "$url/"; echo; done | sort -u | paste -sd ' '; }
both() { [[ $(names 6) == '{"name":"app1"} {"name":"app2"}' ]]; }
expect "both instances answer" wait_for 20 both
expect_equal "a slow answer" "1500 ms" "$(get "$url/slow?ms=1500" | grep -o '1500 ms')"
expect_equal "a large answer" 20000000 "$(get "$url/big?bytes=20000000" | wc -c)"
head -c 5000000 /dev/urandom > "$work/body"
expect_equal "an upload arrives unchanged" "$(sha256sum < "$work/body" | cut -d ' ' -f 1)" \
    "$(get -H 'Content-Type: application/octet-stream' --data-binary "@$work/body" "$url/upload")"

: > "$work/failed"
ask_on() { while [[ ! -e $work/enough ]]; do get -o /dev/null "$url/" 2>> "$work/failed" || true; done; }
# A client's own loop, so that what fails is what a user would see.
start load ask_on
stop app1
only_app2() { [[ $(names 6) == '{"name":"app2"}' ]]; }
expect "one instance left" wait_for 20 only_app2
app app1 "$APP1_PORT"
expect "and it comes back" wait_for 60 both
touch "$work/enough"
# Requests that were under way on the stopped instance may fail; a client that asks one by one has at most two of them.
expect_at_most "failed requests meanwhile" 2 "$(wc -l < "$work/failed")"
proxy_ends
