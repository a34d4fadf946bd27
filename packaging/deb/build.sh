#!/bin/sh
# packaging/deb/build.sh [FOLDER]: makes the Debian package in FOLDER (default: target/) and prints its path. Needs a JDK 25
# with jlink, and dpkg-deb. SOURCE_DATE_EPOCH and WEIR_AOT are those of packaging/tree.sh.
set -eu
umask 022

here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
target=${1:-$source/target}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$source" log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
put() { install -D -m 644 "$1" "$root/$2"; }
put_compressed() { put "$1" "$2" && gzip -9n "$root/$2"; }

"$source/packaging/tree.sh" "$root/usr/lib/weir"
install -d "$root/usr/sbin"
ln -s ../lib/weir/weir "$root/usr/sbin/weir"
put "$here/weir.cfg" etc/weir/weir.cfg
put "$here/default" etc/default/weir
put "$source/packaging/systemd/weir.service" usr/lib/systemd/system/weir.service
put "$source/packaging/rsyslog/49-weir.conf" etc/rsyslog.d/49-weir.conf
put "$source/packaging/logrotate/weir" etc/logrotate.d/weir
put_compressed "$source/packaging/man/weir.8" usr/share/man/man8/weir.8
put "$here/copyright" usr/share/doc/weir/copyright
for page in configuration operations runtime-api; do
    put "$source/docs/$page.md" "usr/share/doc/weir/$page.md"
done

put "$here/lintian-overrides" usr/share/lintian/overrides/weir
version=$("$root/usr/lib/weir/weir" -v | sed -n 's/^Weir version //p')
architecture=$(dpkg --print-architecture)
printf 'weir (%s) stable; urgency=medium\n\n  * What changed: the history of the source tree.\n\n -- Weir <weir@localhost>  %s\n' \
    "$version" "$(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n > "$root/usr/share/doc/weir/changelog.gz"
install -d "$root/DEBIAN"
(cd "$root/etc" && find . -type f | sed 's/^\./\/etc/' | sort) > "$root/DEBIAN/conffiles"
(cd "$root" && find usr etc -type f ! -path "etc/*" | LC_ALL=C sort | xargs md5sum) > "$root/DEBIAN/md5sums"
kilobytes=$(du -k -s --apparent-size --exclude=DEBIAN "$root" | cut -f 1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@KILOBYTES@/$kilobytes/" \
    "$here/control" > "$root/DEBIAN/control"
install -m 755 "$here/postinst" "$here/prerm" "$here/postrm" "$root/DEBIAN"

# What tree.sh has dated stays: the AOT cache has to be newer than the jar. Folders and the rest get one time.
find "$root" ! -path "*/usr/lib/weir/*" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
mkdir -p "$target"
package=$target/weir_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" > /dev/null
echo "$package"
