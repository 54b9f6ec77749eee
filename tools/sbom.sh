#!/bin/sh
# Writes guide.cdx.json, a CycloneDX list of all parts that build the guide, with versions, licences and who needs whom:
# make sbom. It looks at an environment of its own that holds requirements/site.txt and nothing else.
set -eu
cd "$(dirname "$0")/.."
. tools/common.sh
here=.tools/sbom

fill() {  # fill <environment> <lock>
  rm -rf "$here/$1"
  .venv/bin/python -m venv --without-pip "$here/$1"
  .venv/bin/python -m pip --python "$here/$1/bin/python" install --quiet --disable-pip-version-check --require-hashes \
    --only-binary :all: -r "$2" >>.tools/pip-sbom.log 2>&1 ||
    fail_with .tools/pip-sbom.log "部品を入れられませんでした。ネットワークを確かめて、もう一度お試しください。"
}

say "部品表（SBOM）を作る道具 $(count requirements/sbom.txt) 個と、サイトの部品の写しを $here に入れます"
mkdir -p "$here"
: >.tools/pip-sbom.log
fill tool requirements/sbom.txt
fill site requirements/site.txt
# The guide itself, whose parts they are: its version is the day of the newest entry in the record of changes.
cat >"$here/pyproject.toml" <<END
[project]
name = "kurashi-guide"
description = "Generator of a guide to welfare services, with its sample edition"
version = "$(sed -n 's/^## //p' CHANGELOG.md | head -n 1 | tr - .)"
license = "MIT"
dependencies = [$(sed -n 's/^[a-z].*/"&",/p' requirements/site.in | tr '\n' ' ')]
END
"$here/tool/bin/python" -m cyclonedx_py environment --output-reproducible --of JSON --pyproject "$here/pyproject.toml" \
  -o "$here/guide.cdx.json" "$here/site/bin/python" >.tools/sbom.log 2>&1 ||
  fail_with .tools/sbom.log "部品表を作れませんでした。"
"$here/tool/bin/python" tools/sbom_check.py "$here/guide.cdx.json" requirements/site.txt
mv "$here/guide.cdx.json" guide.cdx.json
say "できました: guide.cdx.json"
