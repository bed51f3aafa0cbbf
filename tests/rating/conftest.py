"""Where a test's delivery lies, and where it is taken in."""

from pathlib import Path

import pytest


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "delivered"


@pytest.fixture
def deliveries(tmp_path: Path) -> Path:
    return tmp_path / "deliveries"
