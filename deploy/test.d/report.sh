# shellcheck shell=bash
# The report of a run in a real browser: it shows, lights, escapes and prints; nothing is fetched and nothing is complained of.
need chromium "apt-get install chromium"
need npm "apt-get install npm, or https://nodejs.org"
# axe-core, the rules of accessibility that other people wrote: of the version that the lock file pins, and beside it only
browser_tools=$ROOT/deploy/test.d/browser
[ "$browser_tools/node_modules/.package-lock.json" -nt "$browser_tools/package-lock.json" ] || {
  echo "fetching axe-core into $browser_tools/node_modules"
  (cd "$browser_tools" && npm ci --ignore-scripts --prefer-offline)
}

# A browser that asks nobody anything, with a new profile each time.
browser() {
  rm -rf "$WORK/profile"
  chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$WORK/profile" --hide-scrollbars \
    --enable-logging=stderr "$@" 2>>"$WORK/browser.log"
}

# Fails with a message unless a text is found.
require() {
  grep -qF -- "$2" <<<"$1" || {
    echo "expected '$2': $3"
    exit 1
  }
}

cp -r "$ROOT/test-data/messy" "$WORK/in"
crossfoot enrich --sales "$ROOT/test-data/sales" --customers "$ROOT/test-data/customers" --output "$WORK/lake/enriched" \
  --run-id monday
cat >"$WORK/in/sales/script.csv" <<'EOF'
order_id,customer_id,product_name,quantity,price,order_date
3001,C001,"<script>document.title = 'taken'</script><img src=x onerror=""document.title = 'taken'"">",2.5,10,2024-01-15
EOF
crossfoot enrich --sales "$WORK/in/sales" --customers "$WORK/in/customers" --output "$WORK/lake/enriched" \
  --run-id tuesday --max-quarantine 60%
page=$(crossfoot report --output "$WORK/lake/enriched")
expect 'the latest run is reported' "${page##*/lake/}" <<<'_crossfoot/enriched/runs/tuesday/report.html'
# what was quarantined is mended and replayed: the page says so, and is looked at as it is then
python3 - "${page%/runs/*}/quarantine/tuesday" <<'EOF'
import pathlib, sys
for part in pathlib.Path(sys.argv[1]).glob('*.json'):
    part.write_text(part.read_text('utf-8').replace('\\"2.5\\"', '\\"3\\"'), 'utf-8')
EOF
crossfoot replay --output "$WORK/lake/enriched" --run tuesday --run-id wednesday
replay=${page%/tuesday/*}/wednesday/report.html
[ "$(wc -c <"$page")" -lt 300000 ]

# as it is: its own script runs, that of the data does not, and there is no complaint
dom=$(browser --dump-dom "file://$page")
require "$dom" '<title>enriched · tuesday</title>' 'the title, which no data has taken'
require "$dom" '&lt;script&gt;document.title' 'the product name, as text'
if grep -E 'CONSOLE|ERR_|Refused' "$WORK/browser.log"; then
  echo 'the browser complains of the report'
  exit 1
fi

# with a visitor of ours in a copy: the policy of the page itself lets no other script in
visited() {
  python3 - "$1" "$browser_tools/node_modules/axe-core/axe.min.js" "$ROOT/deploy/test.d/report-visitor.js" <<'EOF'
import re, sys
page, *visitors = (open(file, encoding='utf-8').read() for file in sys.argv[1:])
page = re.sub(r"script-src 'sha256-[^']*'", "script-src 'unsafe-inline'", page)
print(page.replace('</body>', ''.join('<script>' + visitor + '</script>' for visitor in visitors) + '</body>'))
EOF
}
visited "$page" >"$WORK/visited.html"
visited "$replay" >"$WORK/visited-replay.html"
for scheme in light dark; do
  flags=()
  [ $scheme = light ] || flags=(--blink-settings=preferredColorScheme=0)
  # the time of the page passes as fast as it can, until its visitors are done
  browser "${flags[@]}" --window-size=1100,1600 --virtual-time-budget=60000 --dump-dom "file://$WORK/visited.html" |
    grep '^visit: ' >"$WORK/visit-$scheme.txt"
  expect "what a visitor finds, $scheme" "$(cat "$WORK/visit-$scheme.txt")" <<'EOF'
visit: total_amount lights price, quantity and itself
visit: customer_id of the sales lights what it makes and what it decides
visit: escape puts the lights out
visit: tab reaches all 27 columns
visit: every picture has a name
visit: every text has contrast
visit: axe-core finds nothing
EOF
  browser "${flags[@]}" --window-size=400,1600 --virtual-time-budget=60000 --dump-dom "file://$WORK/visited-replay.html" |
    grep '^visit: .*axe' >"$WORK/visit-replay-$scheme.txt"
  expect "what axe-core finds in the page of a replay, $scheme" "$(cat "$WORK/visit-replay-$scheme.txt")" \
    <<<'visit: axe-core finds nothing'
done
browser --window-size=1100,2950 --screenshot="$WORK/light.png" "file://$page"
browser --blink-settings=preferredColorScheme=0 --window-size=1100,2600 --screenshot="$WORK/dark.png" "file://$page"
browser --window-size=400,3600 --screenshot="$WORK/narrow.png" "file://$page"
browser --window-size=1100,2600 --screenshot="$WORK/replay.png" "file://$replay"
browser --no-pdf-header-footer --print-to-pdf="$WORK/report.pdf" "file://$page"
# on A4, in points
python3 - "$WORK/report.pdf" <<'EOF'
import re, sys
boxes = re.findall(rb'/MediaBox ?\[([0-9. ]+)\]', open(sys.argv[1], 'rb').read())
assert boxes and all(abs(float(box.split()[2]) - 595.3) < 1 and abs(float(box.split()[3]) - 841.9) < 1 for box in boxes), boxes
EOF

# the index leads to both
index=$(crossfoot report --output "$WORK/lake/enriched" --all)
require "$(browser --dump-dom "file://$index")" 'href="runs/monday/report.html"' 'a link to the first run'

# a run that does not exist, and an output without any, are one line each
expect_exit 2 crossfoot report --output "$WORK/lake/enriched" --run tusday 2>"$WORK/error"
expect 'the nearest run' "$(sed 's#file:/.*/lake#…/lake#' "$WORK/error")" \
  <<<"crossfoot: Cannot report: …/lake/enriched has no run 'tusday'; did you mean 'tuesday'?"
expect_exit 2 crossfoot report --output "$WORK/lake/none" 2>"$WORK/error"
grep -q 'no run of .* has ended yet' "$WORK/error"

if [ -n "${PICTURES:-}" ]; then
  mkdir -p "$PICTURES"
  cp "$WORK"/*.png "$WORK/report.pdf" "$PICTURES"
fi
