#!/usr/bin/env bash
# Log lines of sessions arrive at a UDP syslog server (RFC 3164) and at a UNIX socket (RFC 5424).
source "$(dirname "$0")/../lib.sh"
need socat socat
tools

free_port WEB_PORT; free_port QUIET_PORT; free_port S1_PORT; free_port SYSLOG_PORT
export SYSLOG_SOCKET=$work/log.socket
touch "$work/udp" "$work/unix"
start syslog-udp socat -b 65536 -u "UDP-RECV:$SYSLOG_PORT,bind=127.0.0.1" "OPEN:$work/udp,append"
start syslog-unix socat -b 65536 -u "UNIX-RECV:$SYSLOG_SOCKET" "OPEN:$work/unix,append"
wait_for 60 test -S "$SYSLOG_SOCKET"
origin s1 "$S1_PORT"
proxy "$WEB_PORT" "$QUIET_PORT"

say() { (exec 3<> "/dev/tcp/127.0.0.1/$1" && printf 'ECHO\n' >&3 && read -t 60 -r _ <&3); }
say "$WEB_PORT"; say "$QUIET_PORT"
has() { grep -aqE "$2" "$work/$1"; }
# 134 is local0 (16) * 8 + info (6); 142 is local1's. haproxy's own program name, unless log-tag says otherwise.
expect "a tcplog line by UDP" wait_for 60 has udp \
    '<134>[A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8} [a-z]+\[[0-9]+\]: 127\.0\.0\.1:[0-9]+ \[[^]]+\] web pool/s1 [0-9]+/[0-9]+/[0-9]+ 3 -- [0-9]+(/[0-9]+){4} 0/0'
expect "the same by the UNIX socket" wait_for 60 has unix \
    '<142>1 [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+[-+Z0-9:]* [^ ]+ [a-z]+ [0-9]+ - - .*web pool/s1'
expect "a format of one's own" wait_for 60 has udp 'client=127.0.0.1 server=s1 bytes=3 state=--'
for _ in $(seq 3); do listens "$QUIET_PORT"; done
say "$QUIET_PORT"
two() { [[ $(grep -ao 'client=127' "$work/udp" | wc -l) == 2 ]]; }
expect "dontlognull keeps silent about empty sessions" wait_for 60 two
proxy_ends
