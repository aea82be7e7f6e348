#!/bin/sh
# Puts the runnable tree together: assemble.sh BASEDIR JAR LAUNCHER
set -eu
tree=$1/target/landgrant
rm -rf "$tree/bin" "$tree/libexec"
mkdir -p "$tree/bin" "$tree/libexec"
cp "$2" "$tree/lib/"
cp "$1/src/main/dist/agent.options" "$tree/lib/"
printf '%s\n' "${JAVA_HOME:-}/bin/java" > "$tree/lib/java.path"
install -m 755 "$1/src/main/dist/landgrant-agent" "$tree/libexec/"
install -m 755 "$3" "$tree/bin/landgrant"
