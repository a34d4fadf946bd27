#!/bin/sh
# packaging/tree.sh FOLDER: makes FOLDER an installed Weir, which needs no JDK: the launcher, the jar, a JVM of just the modules
# that it uses (jlink), and the AOT cache made with that JVM. The Debian package and the container image are made of it.
#
#   SOURCE_DATE_EPOCH   the time of every file; default: that of the last commit
#   WEIR_AOT=no         leaves the AOT cache out: all that is left is the same, byte for byte, whenever it is built
set -eu

modules=java.base,java.logging,java.management,java.naming,jdk.net,jdk.unsupported

[ $# = 1 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 1; }
source=$(cd "$(dirname "$0")/.." && pwd)
epoch=${SOURCE_DATE_EPOCH:-$(git -C "$source" log -1 --format=%ct)}
mkdir -p "$1"
tree=$(cd "$1" && pwd)
rm -rf "$tree/weir" "$tree/lib" "$tree/jvm"

[ -f "$source/core/target/weir.jar" ] || "$source/weir" -v > /dev/null # builds
jdk=$("$source/weir" --jdk)
"$jdk/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages --output "$tree/jvm"
rm "$tree/jvm/bin/keytool"
find "$tree/jvm" -name '*.debuginfo' -delete # of Debian's JDKs: 700 MB
chmod -R u+w,go-w "$tree/jvm"
install -D -m 644 "$source/core/target/weir.jar" "$tree/lib/weir.jar"
install -m 755 "$source/weir" "$tree/weir"

# The JVM takes a cache only for the jar it was made of, of the same time; the launcher takes one that is newer than the jar.
find "$tree" -exec touch -h -d "@$((epoch - 1))" {} +
if [ "${WEIR_AOT:-yes}" != no ]; then
    env -u JAVA_HOME -u WEIR_JAVA_HOME -u WEIR_JAVA_OPTS "$tree/weir" --train
    [ -f "$tree/lib/weir.aot" ] || { cat "$tree/lib/weir.aot.log" >&2; exit 1; }
    rm "$tree/lib/weir.aot.log"
    touch -c -d "@$epoch" "$tree/lib/weir.aot" "$tree/lib/weir.rehearsed" "$tree/lib"
fi
