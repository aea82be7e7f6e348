#!/bin/sh
# Puts the runnable tree together: assemble.sh BASEDIR JAR LAUNCHER
set -eu
tree=$1/target/landgrant
rm -rf "$tree/bin" "$tree/libexec" "$tree/share"
mkdir -p "$tree/bin" "$tree/libexec" "$tree/share/doc/landgrant"
cp "$2" "$tree/lib/"
cp "$1/src/main/dist/agent.options" "$tree/lib/"
printf '%s\n' "${JAVA_HOME:-}/bin/java" > "$tree/lib/java.path"
install -m 755 "$1/src/main/dist/landgrant-agent" "$tree/libexec/"
install -m 755 "$3" "$tree/bin/landgrant"
install -m 755 "$(dirname "$3")/../libexec/landgrant-audit" "$tree/libexec/"
# The manual, what shells complete, and the form of what programs get.
for java in "${JAVA_HOME:-}/bin/java" /usr/lib/jvm/*/bin/java; do
    if [ -x "$java" ] && "$java" -XX:TieredStopAtLevel=1 -cp "$tree/lib/*" org.landgrant.cli.Manual "$tree/share" "$tree/bin/landgrant"; then
        break
    fi
done
[ -e "$tree/share/fish/vendor_completions.d/landgrant.fish" ] # the last that is written
cp -r "$1/../docs/schema" "$tree/share/doc/landgrant/"
