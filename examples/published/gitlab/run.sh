#!/usr/bin/env bash
# GitLab's pages, its registry and its SSH.
source "$(dirname "$0")/../published.sh"
need python3 python3

for port in WEB RAILS1 RAILS2 REGISTRY SSH SHELL1 SHELL2; do free_port "${port}_PORT"; done
mirrors RAILS1_PORT RAILS2_PORT REGISTRY_PORT
# One SSH server that greets, and one that does not even that.
greets SHELL1_PORT 'SSH-2.0-example'
greets SHELL2_PORT 'HTTP/1.0 400 Bad'
published "$WEB_PORT" "$SSH_PORT"
wait_for 60 answers "$url/"

expect_equal "pages come from both" "RAILS1_PORT RAILS2_PORT" "$(for _ in 1 2 3 4; do field server "$url/group/project"; done | sort -u | xargs)"
expect_equal "the registry has a name of its own" "REGISTRY_PORT" "$(field server -H 'Host: registry.example.org:80' "$url/v2/")"
expect_equal "and learns under which it was asked" "registry.example.org" "$(field fwdhost -H 'Host: registry.example.org' "$url/v2/")"
expect_equal "a robot may look" 200 "$(status -A 'Googlebot/2.1' "$url/group/project")"
expect_equal "but not at everything" 429 "$(status -A 'Googlebot/2.1' "$url/group/project/-/blame/main/a")"
ssh_greeting() { timeout 60 bash -c "exec 3<> /dev/tcp/127.0.0.1/$SSH_PORT; head -n 1 <&3" | tr -d '\r'; }
only_ssh() { [[ $(for _ in 1 2 3 4; do ssh_greeting; done | sort -u) == SSH-2.0-example ]]; }
expect "SSH goes where an SSH server is" wait_for 60 only_ssh
proxy_ends
