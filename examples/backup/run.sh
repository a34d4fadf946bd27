#!/usr/bin/env bash
# Weights, then one main server gone, then both: the spare ones take over, and hand back.
source "$(dirname "$0")/../lib.sh"
tools

free_port WEB_PORT; free_port MAIN1_PORT; free_port MAIN2_PORT; free_port SPARE1_PORT; free_port SPARE2_PORT
origin main1 "$MAIN1_PORT"; origin main2 "$MAIN2_PORT"; origin spare1 "$SPARE1_PORT"; origin spare2 "$SPARE2_PORT"
proxy "$WEB_PORT"

ask() { # who answers one connection
    local line=
    exec 3<> "/dev/tcp/127.0.0.1/$WEB_PORT" && printf 'ECHO\n' >&3 && read -t 60 -r line <&3
    exec 3>&-
    echo "$line"
}
who() { for _ in $(seq "$1"); do (ask) 2> /dev/null || true; done | sort | uniq -c | awk '{printf "%s%s %s", s, $1, $2; s = ", "}'; }

who_are() { [[ $(who "$1") == "$2" ]]; }
expect "three to one by weight" wait_for 60 who_are 40 "30 main1, 10 main2"
stop main1
expect "one main server left" wait_for 60 who_are 10 "10 main2"
stop main2
expect "both spare servers" wait_for 60 who_are 10 "5 spare1, 5 spare2"
origin main2 "$MAIN2_PORT"
expect "back to the main server" wait_for 60 who_are 10 "10 main2"
stop main2; stop spare1; stop spare2
expect "with none left, connections are refused" wait_for 60 who_are 3 "3 "
proxy_ends
