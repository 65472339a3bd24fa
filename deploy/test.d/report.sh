# shellcheck shell=bash
# The report of a run in a real browser: it shows, lights, escapes and prints; nothing is fetched and nothing is complained of.
need chromium "apt-get install chromium"
# axe-core, the rules of accessibility that other people wrote: of the version that the lock file pins, and beside it only
browser_tools=$ROOT/deploy/test.d/browser
axe=$browser_tools/node_modules/axe-core
pinned=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["packages"]["node_modules/axe-core"]["version"])' \
  "$browser_tools/package-lock.json")
grep -qsF "\"version\": \"$pinned\"" "$axe/package.json" || {
  echo "Cannot run: axe-core is missing: run npm ci --ignore-scripts in deploy/test.d/browser (it pins $pinned)"
  exit 2
}

# what is seen is kept, also where a test fails; what an earlier test saw is not
pictures=${PICTURES:-$ROOT/target/pictures}
mkdir -p "$pictures"
rm -f "$pictures"/{light,dark,narrow,replay,first,index}.png "$pictures/report.pdf"

# A browser that asks nobody anything, with a new profile each time.
browser() {
  rm -rf "$WORK/profile"
  chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$WORK/profile" --hide-scrollbars \
    --enable-logging=stderr "$@" 2>>"$WORK/browser.log"
}

# What pages say on the console of the browser, and what it refuses them or cannot fetch, in all that it has logged.
complaints() {
  grep -E 'CONSOLE|ERR_|Refused' "$WORK/browser.log" || true
}

# it is heard when there is something to hear
echo "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"><img src=\"none.png\">" >"$WORK/refused.html"
browser --dump-dom "file://$WORK/refused.html" >"$WORK/refused.dom"
[ -n "$(complaints)" ] || {
  echo 'the browser does not tell what it refuses'
  exit 1
}
: >"$WORK/browser.log"

# Fails with a message unless a text is found.
require() {
  grep -qF -- "$2" <<<"$1" || {
    echo "expected '$2': $3"
    exit 1
  }
}

cp -r "$ROOT/test-data/messy" "$WORK/in"
# scripts where the first run may show what somebody else wrote: in a region, in the name of a column, and in a rule
mkdir "$WORK/first"
cp -r "$ROOT/test-data/sales" "$ROOT/test-data/customers" "$WORK/first"
python3 - "$WORK/first" <<'EOF'
import pathlib, sys
script, first = '<script>document.title = 0</script>', pathlib.Path(sys.argv[1])
for file in first.glob('customers/*'):
    file.write_text(file.read_text('utf-8').replace('"South"', f'"{script}"'), 'utf-8')
for file in first.glob('sales/*'):
    head, *rows = file.read_text('utf-8').splitlines()
    file.write_text('\n'.join([f'{head},{script}', *(f'{row},{script}' for row in rows), '']), 'utf-8')
(first / 'rules.dqdl').write_text(f"""Rules = [ IsComplete "email" where "region <> '{script}'" ]\n""", 'utf-8')
EOF
crossfoot enrich --sales "$WORK/first/sales" --customers "$WORK/first/customers" --output "$WORK/lake/enriched" \
  --extra-columns keep --quality "$WORK/first/rules.dqdl" --run-id monday
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
first=${page%/tuesday/*}/monday/report.html
index=$(crossfoot report --output "$WORK/lake/enriched" --all)
[ "$(wc -c <"$page")" -lt 300000 ]

browser --window-size=1100,2950 --screenshot="$pictures/light.png" "file://$page"
browser --blink-settings=preferredColorScheme=0 --window-size=1100,2600 --screenshot="$pictures/dark.png" "file://$page"
browser --window-size=400,3600 --screenshot="$pictures/narrow.png" "file://$page"
browser --window-size=1100,2600 --screenshot="$pictures/replay.png" "file://$replay"
browser --window-size=1100,2600 --screenshot="$pictures/first.png" "file://$first"
browser --window-size=1100,900 --screenshot="$pictures/index.png" "file://$index"
browser --no-pdf-header-footer --print-to-pdf="$pictures/report.pdf" "file://$page"

# as they are: the script of a page runs, that of the data does not
dom=$(browser --dump-dom "file://$page")
require "$dom" '<title>enriched · tuesday</title>' 'the title, which no data has taken'
require "$dom" '&lt;script&gt;document.title' 'the product name, as text'
dom=$(browser --dump-dom "file://$first")
require "$dom" '<title>enriched · monday</title>' 'the title, which no data has taken'
require "$dom" '>&lt;script&gt;document.title = 0&lt;…</text>' 'the region beside its bar, as text'
require "$dom" '<code>&lt;script&gt;document.title = 0&lt;/script&gt;</code>' 'the column of the lineage, as text'
require "$dom" '<code>IsComplete "email" where "region &lt;&gt; '"'&lt;script&gt;document.title" 'the rule, as text'
expect 'the scripts of the first page' "$(grep -oi '<script' <<<"$dom")" <<<'<script'

# with a visitor of ours in a copy: the policy of the page itself lets no other script in
visited() {
  python3 - "$1" "$axe/axe.min.js" "$ROOT/deploy/test.d/report-visitor.js" <<'EOF'
import re, sys
page, *visitors = (open(file, encoding='utf-8').read() for file in sys.argv[1:])
page = re.sub(r"script-src 'sha256-[^']*'", "script-src 'unsafe-inline'", page)
print(page.replace('</body>', ''.join('<script>' + visitor + '</script>' for visitor in visitors) + '</body>'))
EOF
}
visited "$page" >"$WORK/visited.html"
visited "$replay" >"$WORK/visited-replay.html"
visited "$first" >"$WORK/visited-first.html"
visited "$index" >"$WORK/visited-index.html"
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
visit: no data has taken the title
visit: every text has contrast
visit: axe-core finds nothing
EOF
  for other in replay first index; do
    browser "${flags[@]}" --window-size=400,1600 --virtual-time-budget=60000 \
      --dump-dom "file://$WORK/visited-$other.html" | grep -E '^visit: .*(picture|title|contrast|axe)' \
      >"$WORK/visit-$other-$scheme.txt"
    expect "what a visitor finds of any page, $other, $scheme" "$(cat "$WORK/visit-$other-$scheme.txt")" <<'EOF'
visit: every picture has a name
visit: no data has taken the title
visit: every text has contrast
visit: axe-core finds nothing
EOF
  done
done
# on A4, in points
python3 - "$pictures/report.pdf" <<'EOF'
import re, sys
boxes = re.findall(rb'/MediaBox ?\[([0-9. ]+)\]', open(sys.argv[1], 'rb').read())
assert boxes and all(abs(float(box.split()[2]) - 595.3) < 1 and abs(float(box.split()[3]) - 841.9) < 1 for box in boxes), boxes
EOF

# the index leads to all
require "$(browser --dump-dom "file://$index")" 'href="runs/monday/report.html"' 'a link to the first run'

# in all of this, with light or without, by pointer and keyboard, nothing is complained of
if [ -n "$(complaints)" ]; then
  complaints
  echo 'the browser complains of a page'
  exit 1
fi

# a run that does not exist, and an output without any, are one line each
expect_exit 2 crossfoot report --output "$WORK/lake/enriched" --run tusday 2>"$WORK/error"
expect 'the nearest run' "$(sed 's#file:/.*/lake#…/lake#' "$WORK/error")" \
  <<<"crossfoot: Cannot report: …/lake/enriched has no run 'tusday'; did you mean 'tuesday'?"
expect_exit 2 crossfoot report --output "$WORK/lake/none" 2>"$WORK/error"
grep -q 'there is no report of a run of' "$WORK/error"
