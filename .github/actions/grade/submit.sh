#!/usr/bin/env bash
# Hand in to a site what the action was asked to grade: each notebook is an attempt there, and its report comes back.
# All that it needs is in the environment, see action.yml; GRADER_TOKEN is the token, which stands on no command line.
set -euo pipefail
bin=${GRADER_BIN:-$RUNNER_TEMP/grader/bin}
read -r -a paths <<<"$PATHS"

# A branch's first push has no commit before it, and a forced one may name a commit that is gone: then all is handed in.
found=()
if [ "$CHANGED_ONLY" = true ] && git cat-file -e "${BEFORE:-none}^{commit}" 2>/dev/null; then
  while IFS= read -r -d '' file; do found+=("$file"); done < <(
    git diff -z --name-only --diff-filter=d "$BEFORE" HEAD -- "${paths[@]}" | { grep -z '\.ipynb$' || true; })
else
  while IFS= read -r -d '' file; do found+=("$file"); done < <(find "${paths[@]}" -type f -name '*.ipynb' -print0 | sort -z)
fi
if [ "${#found[@]}" = 0 ]; then
  echo "No notebook changed, so nothing is handed in." | tee -a "$GITHUB_STEP_SUMMARY"
  exit 0
fi

options=(--to "$SITE" --format github)
[ -z "$ASSIGNMENT" ] || options+=(--assignment "$ASSIGNMENT")
[ -z "$STUDENT" ] || options+=(--on-behalf-of "$STUDENT")
[ -z "$FAIL_UNDER" ] || options+=(--fail-under "$FAIL_UNDER")

mkdir -p "$REPORTS"
code=0
for number in "${!found[@]}"; do
  one=0
  "$bin/grader" submit "${options[@]}" --json "$REPORTS/$number.json" --receipt "$REPORTS/$number.receipt" \
    -- "${found[$number]}" || one=$?
  # of several the first of 2, 3, 4, 1, as `grade` has it
  for each in 2 3 4 1; do
    if [ "$one" = "$each" ] || [ "$code" = "$each" ]; then code=$each && break; fi
  done
  [ ! -f "$REPORTS/$number.json" ] ||
    "$bin/grader" export github_summary "$REPORTS/$number.json" >>"$GITHUB_STEP_SUMMARY"
done
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
exit "$code"
