# shellcheck shell=bash
# The report of a run in a real browser: it shows, lights, escapes and prints; nothing is fetched and nothing is complained of.
for tool in chromium; do
  command -v "$tool" >/dev/null || {
    echo "Cannot run: $tool is missing; install it (apt-get install chromium)"
    exit 2
  }
done

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
python3 - "$page" "$ROOT/deploy/test.d/report-visitor.js" >"$WORK/visited.html" <<'EOF'
import re, sys
page, visitor = (open(file, encoding='utf-8').read() for file in sys.argv[1:])
page = re.sub(r"script-src 'sha256-[^']*'", "script-src 'unsafe-inline'", page)
print(page.replace('</body>', '<script>' + visitor + '</script></body>'))
EOF
for scheme in light dark; do
  flags=()
  [ $scheme = light ] || flags=(--blink-settings=preferredColorScheme=0)
  browser "${flags[@]}" --window-size=1100,1600 --dump-dom "file://$WORK/visited.html" |
    grep '^visit: ' >"$WORK/visit-$scheme.txt"
  expect "what a visitor finds, $scheme" "$(cat "$WORK/visit-$scheme.txt")" <<'EOF'
visit: total_amount lights price, quantity and itself
visit: customer_id of the sales lights what it makes and what it decides
visit: escape puts the lights out
visit: tab reaches all 27 columns
visit: every picture has a name
visit: every text has contrast
EOF
done
browser --window-size=1100,2600 --screenshot="$WORK/light.png" "file://$page"
browser --blink-settings=preferredColorScheme=0 --window-size=1100,2600 --screenshot="$WORK/dark.png" "file://$page"
browser --window-size=400,3600 --screenshot="$WORK/narrow.png" "file://$page"
browser --no-pdf-header-footer --print-to-pdf="$WORK/report.pdf" "file://$page"
head -c 5 "$WORK/report.pdf" | grep -q '%PDF-'

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
