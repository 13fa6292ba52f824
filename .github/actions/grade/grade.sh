#!/usr/bin/env bash
# Grade what the action was asked to: annotations to standard output, the table to the job summary. All that it needs
# is in the environment, see action.yml; GRADER and the files of GitHub may be others, to try it.
set -euo pipefail
bin=${GRADER_BIN:-$RUNNER_TEMP/grader/bin}
read -r -a paths <<<"$PATHS"

# A branch's first push has no commit before it, and a forced one may name a commit that is gone: then all is graded.
if [ "$CHANGED_ONLY" = true ] && git cat-file -e "${BEFORE:-none}^{commit}" 2>/dev/null; then
  # Beside each other as they lay, since whose a notebook is may stand in the name of its folder.
  changed=$RUNNER_TEMP/changed
  rm -rf "$changed" && mkdir -p "$changed"
  git diff -z --name-only --diff-filter=d "$BEFORE" HEAD -- "${paths[@]}" | { grep -z '\.ipynb$' || true; } |
    xargs -0 -r cp -P --parents --target-directory="$changed" --
  found=()
  for path in "${paths[@]}"; do
    [ ! -e "$changed/$path" ] || found+=("$changed/$path")
  done
  if [ "${#found[@]}" = 0 ]; then
    echo "No notebook changed, so nothing is graded." | tee -a "$GITHUB_STEP_SUMMARY"
    exit 0
  fi
  paths=("${found[@]}")
fi

options=(--course "$COURSE" --audience "$AUDIENCE" --sandbox "$SANDBOX" --out "$REPORTS" --format github)
[ -z "$ASSIGNMENT" ] || options+=(--assignment "$ASSIGNMENT")
[ -z "$ROSTER" ] || options+=(--roster "$ROSTER")
[ -z "$FAIL_UNDER" ] || options+=(--fail-under "$FAIL_UNDER")

code=0
"$bin/grade" "${options[@]}" -- "${paths[@]}" || code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
[ ! -f "$REPORTS/class.json" ] ||
  "$bin/grader" export github_summary "$REPORTS" --audience "$AUDIENCE" >>"$GITHUB_STEP_SUMMARY"
exit "$code"
