#!/usr/bin/env bash
# The mail server of a household: thunderbird-beside.sh MADE, until it is ended.
# At the usual ports where it may have them, which only root's programs may; else at high ones, which are asked about.
set -euo pipefail
made=$1
as_user=() smtp=1587 imap=1143
if [ "$(id -u)" -eq 0 ]; then
    smtp=587 imap=143
    as_user=(setpriv --reuid nobody --regid nogroup --clear-groups --bounding-set=-all,+net_bind_service
        --inh-caps=-all,+net_bind_service --ambient-caps=-all,+net_bind_service)
fi
printf 'smtp=%s imap=%s\n' "$smtp" "$imap" > "$made/ports"
exec "${as_user[@]}" "$JAVA_HOME/bin/java" -Xmx128m \
    -Dgreenmail.smtp.hostname=127.0.0.1 -Dgreenmail.smtp.port="$smtp" -Dgreenmail.imap.hostname=127.0.0.1 -Dgreenmail.imap.port="$imap" \
    -Dgreenmail.users=ada:garden@garden.localhost,grace:garden@garden.localhost -Dgreenmail.users.login=local_part \
    -jar "$made/greenmail.jar"
