#!/bin/sh
# Copies what the browser needs out of pinned npm packages, with licences and checksums beside it.
# A test compares the checksums. Needs Node; only this command does.
set -eu
cd "$(dirname "$0")/.."
npm install --no-audit --no-fund --loglevel=error
modules=node_modules
ui=peerwork/ground/ui/static/vendor
sealing=peerwork/people/vault/static/vendor
blind=peerwork/people/tokens/static/vendor
mkdir -p "$ui" "$sealing" "$blind" tests/vendor

font=$modules/@fontsource-variable/atkinson-hyperlegible-next
.venv/bin/python tools/font.py $font/files/atkinson-hyperlegible-next-latin-wght-normal.woff2 $ui/atkinson.woff2
cp $font/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2 $ui/atkinson-ext.woff2
cp $font/LICENSE $ui/atkinson.LICENSE

$modules/.bin/esbuild tools/sealing-entry.js --bundle --format=esm --minify --target=es2020 \
  --legal-comments=none --log-level=warning --outfile=$sealing/sealing.js
for package in age-encryption @noble/hashes @noble/ciphers @noble/curves @noble/post-quantum @scure/base; do
  printf '%s\n\n' "$package"; cat $modules/$package/LICENSE; printf '\n\n'
done > $sealing/sealing.LICENSE

$modules/.bin/esbuild tools/blind-entry.js --bundle --format=esm --minify --target=es2020 \
  --legal-comments=none --log-level=warning --outfile=$blind/blind.js
for package in @cloudflare/blindrsa-ts sjcl; do
  printf '%s\n\n' "$package"; cat $modules/$package/LICENSE.txt; printf '\n\n'
done > $blind/blind.LICENSE

icons="sun users user clipboard-list log-out calendar clock map-pin phone link repeat message-circle check x
  shield printer key moon pencil lock compass"
for name in $icons; do
  sed '/<!--/d' $modules/lucide-static/icons/"$name".svg | tr '\n' ' ' |
    sed -E 's/ +/ /g; s/class="[^"]*"/class="icon" aria-hidden="true" focusable="false"/; s/ xmlns="[^"]*"//; s/ width="24" height="24"//; s/> </></g; s/ ?\/>/\/>/g; s/ >/>/; s/ *$//' \
    > peerwork/ground/ui/icons/"$name".svg
done
cp $modules/lucide-static/LICENSE peerwork/ground/ui/icons/LICENSE

cp $modules/axe-core/axe.min.js tests/vendor/axe.js
cp $modules/axe-core/LICENSE tests/vendor/axe.LICENSE

# npm writes where it fetched things. The lock is kept without that.
! grep -nE 'https?://' package-lock.json | grep -v '"url"' || { echo "package-lock.json names a registry" >&2; exit 1; }
find $ui $sealing $blind peerwork/ground/ui/icons tests/vendor -type f | LC_ALL=C sort | xargs sha256sum > tools/vendor.sha256
