"""Nothing of one machine, and no registry's address, is in what is committed."""

import re

from tests.architecture.source import REPOSITORY, tracked_files

# Written apart, so that this file does not find itself.
MACHINE_PATHS = [f"/{folder}/" for folder in ("work", "tmp", "root", "farm", "Users")]
REGISTRIES = [
    r"https?://[^ ]*/simple\b",
    r"https?://[^ ]*/packages/[^ ]*\.(?:whl|tar\.gz)",
    r"https?://[^ ]*/-/[^ ]*\.tgz",
    '"resolved"' + ":",
    "--" + "index-url",
    "registry" + " ?= ?http",
]
UNCLEAN = re.compile("|".join([*MACHINE_PATHS, *REGISTRIES]))
NOT_TEXT = {".png", ".jpg", ".woff2", ".ico", ".gz", ".br", ".parquet"}


def test_no_committed_file_names_a_place_on_somebodys_machine_or_a_registry() -> None:
    unclean = []
    for path in tracked_files():
        if path.suffix in NOT_TEXT:
            continue
        text = (REPOSITORY / path).read_text(encoding="utf-8", errors="replace")
        unclean += [f"{path}: {found.group()}" for found in UNCLEAN.finditer(text)]

    assert not unclean
